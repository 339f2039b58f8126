-- What the newest run of a model says of each buyer, a partition a run. All of it can be computed anew.

-- Recency, frequency and value, 1 to 5.
create table if not exists rfm_score (
  model_id UInt32,
  customer_no UInt32,
  recency UInt8,
  frequency UInt8,
  value UInt8
) engine = MergeTree partition by model_id order by customer_no;

-- What buyers are scored by at the ends of months, the newest first, as far back as they were buyers; dropped when they have been scored.
create table if not exists rfm_measure (
  model_id UInt32,
  customer_no UInt32,
  recency Array(Int32),
  frequency Array(UInt32),
  value Array(Int64)
) engine = MergeTree partition by model_id order by customer_no;

-- Their three scores then as one number: 1 + 25 (recency - 1) + 5 (frequency - 1) + value - 1.
create table if not exists rfm_month (
  model_id UInt32,
  customer_no UInt32,
  cells Array(UInt8)
) engine = MergeTree partition by model_id order by customer_no;

-- On which days somebody bought, as days since 1970, ascending; kept as long as the states that were reckoned from it.
create table if not exists purchase_days (
  model_id UInt32,
  customer_no UInt32,
  days Array(Int32) codec(Delta, ZSTD(1))
) engine = MergeTree partition by model_id order by customer_no;

-- States of a life now and at the ends of months and weeks, the newest first, as far back as they were buyers.
create table if not exists lifecycle_state (
  model_id UInt32,
  customer_no UInt32,
  usual_gap Float32,
  months Array(UInt8),
  weeks Array(UInt8)
) engine = MergeTree partition by model_id order by customer_no;
