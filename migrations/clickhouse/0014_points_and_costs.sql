alter table member_standing add column if not exists joined_by LowCardinality(String);
alter table member_standing_next add column if not exists joined_by LowCardinality(String);

-- The ledger of points, as PostgreSQL has it: what was written is added to it.
create table if not exists points_entry (
  customer_no UInt32 codec(ZSTD(1)),
  entry_no UInt64 codec(Delta, ZSTD(1)),
  kind LowCardinality(String),
  amount Int64,
  -- What a point paid under the version in force then.
  worth Decimal(18, 4),
  occurred_at DateTime64(3, 'UTC') codec(Delta, ZSTD(1)),
  recorded_at DateTime64(3, 'UTC') codec(Delta, ZSTD(1))
) engine = MergeTree
order by (occurred_at, entry_no);

create table if not exists points_entry_next as points_entry;

-- What benefits cost, each when it was given or used, as PostgreSQL had it at a moment: made anew as a whole.
create table if not exists benefit_cost (
  customer_no UInt32 codec(Delta, ZSTD(1)),
  benefit_id UInt32,
  cost Decimal(18, 4),
  occurred_at DateTime64(3, 'UTC')
) engine = MergeTree
order by customer_no;

create table if not exists benefit_cost_next as benefit_cost;

-- What a point is worth, and which share of points is expected to be asked for: the newest row holds.
create table if not exists points_terms (
  at DateTime64(3, 'UTC'),
  worth Decimal(18, 4),
  expected Decimal(18, 4)
) engine = ReplacingMergeTree(at)
order by tuple();
