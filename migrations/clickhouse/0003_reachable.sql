-- What counts of what a person said about being reached, as `sms/marketing/granted`, and which kinds of identifier
-- the person is known by, as PostgreSQL numbers them.
alter table customer add column if not exists consents Array(LowCardinality(String));
alter table customer add column if not exists identifier_kinds Array(UInt8);
