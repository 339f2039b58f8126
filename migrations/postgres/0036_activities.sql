-- What members can take part in. What it may give and what it gave are kept together, so that one statement decides.
create table activity (
  activity_no integer generated always as identity primary key,
  definition jsonb not null,
  state text not null default 'draft' check (state in ('draft', 'published', 'paused', 'ended')),
  -- [{from, until}]: when it stood still, or was ended before its time.
  stops jsonb not null default '[]',
  version integer not null default 1,
  -- Points it may give in all, and how many of them were given or are put aside for who takes part now.
  budget bigint check (budget > 0),
  promised bigint not null default 0 check (promised >= 0),
  -- Draws are made with it. Its fingerprint is public from the beginning, the seed itself after the end.
  seed bytea not null,
  edited_by text not null,
  edited_at timestamptz not null,
  check (budget is null or promised <= budget)
);
create index activity_published on activity (activity_no) where state in ('published', 'paused');

-- Prizes of a draw, or the quota of an exchange. Never more are given than there are.
create table activity_prize (
  activity_no integer not null references activity on delete cascade,
  prize_key text not null,
  stock bigint,
  given bigint not null default 0 check (given >= 0),
  primary key (activity_no, prize_key),
  check (stock is null or given <= stock)
);

-- Who took part. `begun`: what it costs is not paid yet; `decided`: what it comes to is written down and not given yet.
create table activity_participation (
  participation_no bigint generated always as identity primary key,
  activity_no integer not null references activity,
  customer_no integer not null,
  -- The same key is the same participation, for ever.
  command_key text not null unique,
  input_hash bytea not null,
  state text not null check (state in ('begun', 'decided', 'done')),
  -- Of the brand's calendar.
  day date not null,
  -- Of its budget, put aside for it.
  promised bigint not null check (promised >= 0),
  cost bigint not null,
  points bigint not null,
  growth bigint not null,
  prize_key text,
  streak integer,
  order_no bigint,
  occurred_at timestamptz not null,
  -- How it came about: the version of the activity; of a draw its integer, of how many, and what it fell on.
  derivation jsonb not null,
  attempt integer not null default 1,
  taken_at timestamptz not null
);
create index activity_participation_person on activity_participation (activity_no, customer_no, participation_no);
create index activity_participation_all on activity_participation (activity_no, participation_no);
create index activity_participation_customer on activity_participation (customer_no);
create index activity_participation_under_way on activity_participation (taken_at) where state <> 'done';
