-- What was bought and given back, a row a line. Amounts of refunds are negative.
-- customer_no 0 belongs to nobody: it counts in sales and in nobody's history.
create table if not exists order_line (
  fact_id UInt64,
  batch_no UInt64 codec(Delta, ZSTD(1)),
  import_id UInt32 codec(ZSTD(1)),
  customer_no UInt32 codec(Delta, ZSTD(1)),
  occurred_at DateTime64(3, 'UTC') codec(Delta, ZSTD(1)),
  kind Enum8('sale' = 1, 'refund' = 2),
  -- One order, whoever tells of it: the first 64 bits of the SHA-256 of its source and id. Frames of imports leave it to the engine.
  order_key UInt64 default reinterpretAsUInt64(substring(SHA256(concat(source, '\0', order_id)), 1, 8)),
  order_id String codec(ZSTD(1)),
  product_id String codec(ZSTD(1)),
  product_name String codec(ZSTD(1)),
  category LowCardinality(String),
  brand LowCardinality(String),
  channel LowCardinality(String),
  region LowCardinality(String),
  quantity Decimal(18, 4) codec(ZSTD(1)),
  unit_price Decimal(18, 4) codec(ZSTD(1)),
  amount Decimal(18, 4) codec(ZSTD(1)),
  currency LowCardinality(String),
  source LowCardinality(String),
  index order_line_batch batch_no type minmax granularity 1,
  index order_line_import import_id type minmax granularity 1,
  index order_line_order order_id type bloom_filter(0.01) granularity 4,
  index order_line_order_key order_key type bloom_filter(0.01) granularity 4
) engine = MergeTree
partition by toYear(occurred_at)
order by (customer_no, occurred_at, fact_id)
settings non_replicated_deduplication_window = 0;

-- What was seen: visits, product views, carts, and whatever a tracker sends.
create table if not exists event (
  event_id UUID,
  batch_no UInt64 codec(Delta, ZSTD(1)),
  import_id UInt32 codec(ZSTD(1)),
  customer_no UInt32 codec(Delta, ZSTD(1)),
  occurred_at DateTime64(3, 'UTC') codec(Delta, ZSTD(1)),
  received_at DateTime64(3, 'UTC') codec(Delta, ZSTD(1)),
  kind Enum8('track' = 1, 'page' = 2, 'screen' = 3, 'identify' = 4, 'alias' = 5, 'group' = 6),
  name LowCardinality(String),
  properties JSON(max_dynamic_paths = 256),
  channel LowCardinality(String),
  source LowCardinality(String),
  index event_batch batch_no type minmax granularity 1,
  index event_name name type set(100) granularity 4
) engine = MergeTree
partition by toYear(occurred_at)
order by (customer_no, occurred_at, event_id);

-- The part of a profile that is not personal, copied from PostgreSQL; the newest version counts.
create table if not exists customer (
  customer_no UInt32,
  version UInt64,
  status Enum8('active' = 0, 'merged' = 1, 'erased' = 2),
  created_at DateTime64(3, 'UTC'),
  channel LowCardinality(String),
  gender LowCardinality(String),
  birth_date Nullable(Date32),
  country LowCardinality(String),
  province LowCardinality(String),
  city LowCardinality(String),
  language LowCardinality(String),
  attributes JSON(max_dynamic_paths = 128),
  -- Ids of the tags that staff gave.
  tags Array(UInt32)
) engine = ReplacingMergeTree(version)
order by customer_no;

-- Who became part of whom: source of the dictionary `customer_merge`. survivor_no = absorbed_no undoes a merge.
create table if not exists merge_pair (
  absorbed_no UInt32,
  survivor_no UInt32,
  version UInt64
) engine = ReplacingMergeTree(version)
order by absorbed_no;

-- Totals of each customer over all time, made again for those whose facts changed; the newest version counts.
create table if not exists customer_summary (
  customer_no UInt32,
  version UInt64,
  first_order_at Nullable(DateTime64(3, 'UTC')),
  last_order_at Nullable(DateTime64(3, 'UTC')),
  orders UInt32,
  refunds UInt32,
  sales Decimal(18, 4),
  refunded Decimal(18, 4)
) engine = ReplacingMergeTree(version)
order by customer_no;
