-- What tiers promise. What was granted keeps what it was granted as; earlier wordings are in the audit log.
create table benefit (
  benefit_id integer generated always as identity primary key,
  kind text not null,
  definition jsonb not null,
  version integer not null default 1,
  starts_at timestamptz not null,
  ends_at timestamptz,
  stopped_at timestamptz,
  -- How often it can still be given or used in all; null where there is no limit.
  left_in_all bigint check (left_in_all >= 0),
  created_at timestamptz not null,
  changed_at timestamptz not null,
  changed_by text not null
);

-- Who was given what, once a key: nothing of it is ever given again, whatever became of it.
create table benefit_grant (
  grant_no bigint generated always as identity primary key,
  key text not null unique,
  input_hash bytea,
  benefit_id integer not null references benefit,
  benefit_version integer not null,
  customer_no integer not null,
  -- For which tier, in which of its cycles.
  tier text,
  cycle_start timestamptz,
  -- What is promised, and what was given of each.
  gifts jsonb not null,
  given jsonb not null default '[]',
  cost numeric(18, 4) not null,
  -- How it came about: on which occasion, by which change of tier, or by whom and why; and why it was refused or taken back.
  derivation jsonb not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  expires_at timestamptz,
  state text not null check (state in ('waiting', 'given', 'refused')),
  -- Given and spent in one, as points are: there is nothing to be used later.
  is_spent boolean not null default false,
  used_at timestamptz,
  taken_back_at timestamptz,
  -- What its givers still have to take back.
  is_return_due boolean not null default false,
  check (used_at is null or state = 'given'),
  check (used_at is null or taken_back_at is null)
);
create index benefit_grant_benefit on benefit_grant (benefit_id, grant_no desc);
create index benefit_grant_period on benefit_grant (benefit_id, occurred_at);
create index benefit_grant_customer on benefit_grant (customer_no, grant_no desc);
create index benefit_grant_waiting on benefit_grant (grant_no) where state = 'waiting';
create index benefit_grant_return on benefit_grant (grant_no) where is_return_due;

-- Every use of a benefit, once a key.
create table benefit_use (
  use_no bigint generated always as identity primary key,
  key text not null unique,
  input_hash bytea not null,
  benefit_id integer not null references benefit,
  customer_no integer not null,
  grant_no bigint references benefit_grant,
  document text not null,
  cost numeric(18, 4) not null,
  used_at timestamptz not null,
  used_by text not null,
  undone_at timestamptz,
  undone_key text unique
);
create index benefit_use_customer on benefit_use (customer_no, benefit_id, used_at) where undone_at is null;
create index benefit_use_period on benefit_use (benefit_id, used_at);

-- Codes of coupons: uploaded beforehand, or made when they are given.
create table coupon_pool (
  pool_id integer generated always as identity primary key,
  name text not null,
  kind text not null check (kind in ('uploaded', 'generated')),
  prefix text not null default '',
  created_at timestamptz not null,
  created_by text not null
);
create unique index coupon_pool_name on coupon_pool (lower(name));
create table coupon_code (
  code_no bigint generated always as identity primary key,
  pool_id integer not null references coupon_pool,
  code text not null,
  state text not null check (state in ('free', 'issued', 'used', 'void')),
  -- Under which key it was issued: one code a key.
  issue_key text unique,
  customer_no integer,
  issued_at timestamptz,
  expires_at timestamptz,
  unique (pool_id, code),
  check ((state = 'free') = (issue_key is null))
);
create index coupon_code_free on coupon_code (pool_id, code_no) where state = 'free';
create index coupon_code_customer on coupon_code (customer_no) where customer_no is not null;
