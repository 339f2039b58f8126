-- Whether a person is known by more than a device: an anonymous visitor is not.
alter table customer add column if not exists is_identified UInt8 default 1;
