-- Members and what points they have, as PostgreSQL had them at a moment: made anew as a whole, beside, and put in its place at once.
create table if not exists member_standing (
  customer_no UInt32 codec(Delta, ZSTD(1)),
  tier LowCardinality(String),
  -- The higher the tier, the higher; 0 for no member.
  tier_rank UInt8,
  joined_at Nullable(DateTime64(3, 'UTC')),
  review_days Nullable(Int32),
  points Int64,
  points_ending Int64
) engine = MergeTree
order by customer_no;

create table if not exists member_standing_next as member_standing;
