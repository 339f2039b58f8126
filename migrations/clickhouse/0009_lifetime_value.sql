-- What a run of the model of lifetime value says of each customer who ever bought. `orders` are days with a purchase, `spent` is net of
-- refunds; orders and value to come are expectations, `value_ever` over a stated horizon and discounted. Tenths go up from 1.
create table if not exists lifetime_value (
  model_id UInt32,
  customer_no UInt32 codec(Delta, ZSTD(1)),
  first_day Date,
  last_day Date,
  orders UInt32 codec(ZSTD(1)),
  channel LowCardinality(String),
  spent Float64,
  alive Float32,
  orders_30 Float32,
  orders_90 Float32,
  orders_365 Float32,
  value_30 Float32,
  value_90 Float32,
  value_365 Float32,
  value_ever Float32,
  tenth UInt8
) engine = MergeTree
partition by model_id
order by customer_no;

-- What a run works with, and drops at its end: on which days everybody bought, and what it says of those who bought alike.
create table if not exists lifetime_history (
  model_id UInt32,
  customer_no UInt32 codec(Delta, ZSTD(1)),
  days Array(UInt16),
  -- How many of those days have a purchase in the brand's currency, which is what `spent` is of; `spent_before` until the held-out period.
  own_days UInt32,
  spent Float64,
  spent_before Float64,
  channel LowCardinality(String)
) engine = MergeTree
partition by model_id
order by customer_no;

create table if not exists lifetime_cell (
  model_id UInt32,
  repeats UInt32,
  recency UInt32,
  age UInt32,
  alive Float32,
  orders_30 Float32,
  orders_90 Float32,
  orders_365 Float32,
  orders_ever Float32
) engine = MergeTree
partition by model_id
order by (repeats, recency, age);
