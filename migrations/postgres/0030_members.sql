-- How far background work of membership has come, each in a form of its own.
create table membership_cursor (
  name text primary key,
  position jsonb not null
);

-- Whoever follows members goes by transactions that have ended, and within them by number: numbers alone are given before they are seen.
alter table tier_change add column transaction_id xid8 not null default pg_current_xact_id();
create index tier_change_followed on tier_change (transaction_id, change_no);
