-- What providers told, by a hash of it: what comes again is known by it.
create table channel_receipt (
  account_no integer not null references channel_account (account_no) on delete cascade,
  hash uuid not null,
  at timestamptz not null,
  primary key (account_no, hash)
);
create index channel_receipt_at on channel_receipt (at);
