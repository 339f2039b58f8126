-- An account with a provider, by which messages of a channel leave. Lower places are asked first.
create table channel_account (
  account_no integer generated always as identity primary key,
  channel text not null,
  provider text not null,
  name text not null,
  -- What the provider's adapter is told, by names of the provider's fields; nothing secret.
  settings jsonb not null,
  -- Keys and passwords, and who may be sent to in test mode: sealed.
  secrets bytea,
  testers bytea,
  place integer not null,
  per_second integer not null check (per_second between 1 and 10000),
  at_once smallint not null check (at_once between 1 and 64),
  per_day integer check (per_day > 0),
  -- Of one message, in the brand's currency.
  cost numeric(18, 4) not null default 0,
  state text not null check (state in ('active', 'test', 'off')),
  -- Rises with each change: what was opened with an older one is opened again.
  version integer not null default 1,
  created_at timestamptz not null,
  created_by text not null
);
create unique index channel_account_name on channel_account (lower(name));

-- How an account is doing, written all the time and by several processes at once.
create table channel_health (
  account_no integer primary key references channel_account (account_no) on delete cascade,
  -- The first moment that is not given to a message yet: all processes take theirs from here, so that no second has too many.
  slot_at timestamptz not null default '-infinity',
  -- 1: as quick as it may be; halved where the provider says that it is too quick, and doubled again with every minute since.
  pace real not null default 1,
  slowed_at timestamptz not null default '-infinity',
  day date,
  day_count integer not null default 0,
  -- Failures in a row that were the provider's; how often in a row it was broken off, and until when.
  failures integer not null default 0,
  breaks integer not null default 0,
  broken_until timestamptz,
  -- The provider asked not to be asked before.
  resting_until timestamptz,
  trouble text,
  trouble_at timestamptz,
  taken_at timestamptz
);

-- What an account answered, counted by the hour. Codes only.
create table channel_answer (
  account_no integer not null references channel_account (account_no) on delete cascade,
  hour timestamptz not null,
  outcome text not null check (outcome in ('taken', 'refused', 'later', 'unknown')),
  code text not null,
  count integer not null,
  last_at timestamptz not null,
  primary key (account_no, hour, outcome, code)
);

-- Where nothing arrives any more, by the keyed hash that an identifier is found by.
create table dead_address (
  hash uuid primary key,
  since timestamptz not null,
  code text not null
);

-- Messages of accounts in test mode, as they would have left; the newest of each account. They hold addresses and are sealed.
create table channel_test_message (
  message_no bigint generated always as identity primary key,
  account_no integer not null references channel_account (account_no) on delete cascade,
  at timestamptz not null,
  sealed bytea not null
);
create index channel_test_message_account on channel_test_message (account_no, message_no desc);
