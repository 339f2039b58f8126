-- What each person prefers, and how dear what they buy is for its kind: a row a person and run of the model. Values are empty
-- where nothing stands out; shares and indexes (100: as everybody) say how much.
create table if not exists preference (
  model_id UInt32,
  customer_no UInt32,
  orders UInt32,
  category LowCardinality(String), category_share Float32, category_index Float32,
  brand LowCardinality(String), brand_share Float32, brand_index Float32,
  price_band LowCardinality(String), price_band_share Float32, price_band_index Float32,
  channel LowCardinality(String), channel_share Float32, channel_index Float32,
  hour LowCardinality(String), hour_share Float32, hour_index Float32,
  weekday LowCardinality(String), weekday_share Float32, weekday_index Float32,
  -- Where the prices of what they buy lie within its category, from 0 to 1; items, older ones less, are what it is based on. Tier 0: no prices.
  power Float32,
  items Float32,
  tier UInt8
) engine = MergeTree
partition by model_id
order by customer_no;

-- The prices of each category in order, in steps of half a hundredth of what was sold: from `price` on, `percentile` is below.
create table if not exists preference_price (
  model_id UInt32,
  category LowCardinality(String),
  price Decimal(18, 4),
  percentile Float64,
  items Float64
) engine = MergeTree
partition by model_id
order by (category, price);
