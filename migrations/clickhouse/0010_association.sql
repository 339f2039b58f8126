-- What runs of the association model found, by run: rules, products with what goes with them, and bundles. Nothing of people.
create table if not exists association_rule (
  model_id UInt32,
  level Enum8('product' = 1, 'category' = 2),
  basis Enum8('basket' = 1, 'sequence' = 2),
  rule_no UInt32,
  antecedent Array(String),
  antecedent_names Array(String),
  consequent String,
  consequent_name String,
  base UInt32,
  with_antecedent UInt32,
  with_consequent UInt32,
  with_both UInt32,
  support Float64,
  confidence Float64,
  lift Float64,
  conviction Nullable(Float64),
  p Float64,
  q Float64
) engine = MergeTree partition by model_id order by (level, basis, rule_no);

-- Products by their number in the run; the nearest of each by the numbers of products, the best first.
create table if not exists association_item (
  model_id UInt32,
  item_no UInt16,
  product_id String,
  name String,
  price Float64,
  orders UInt32,
  -- Place among what sold lately, from 1; 0 beyond the first.
  popular_place UInt16,
  -- How often somebody who bought it buys it again within the window.
  repeats Float32,
  beside Array(UInt16),
  beside_scores Array(Float32),
  beside_counts Array(UInt32),
  after Array(UInt16),
  after_scores Array(Float32),
  after_counts Array(UInt32),
  occasions UInt32,
  followed_by UInt32
) engine = MergeTree partition by model_id order by item_no;

create table if not exists association_bundle (
  model_id UInt32,
  bundle_no UInt32,
  items Array(String),
  names Array(String),
  prices Array(Float64),
  orders UInt32,
  missing_one UInt32,
  lift Float64,
  winnable Float64,
  winnable_value Float64
) engine = MergeTree partition by model_id order by bundle_no;
