-- How many benefits of a pack ended unused: of a pack with a million of them as quickly as of a small one.
create index partner_grant_open on partner_grant (pack_no, expires_at) where used_at is null and reversed_at is null;
