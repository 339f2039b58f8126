-- What benefits people were given and used, as PostgreSQL had it at a moment: made anew as a whole, beside, and put in its place at once.
create table if not exists member_benefit (
  customer_no UInt32 codec(Delta, ZSTD(1)),
  granted UInt32,
  used UInt32,
  -- Given, not used, and still good.
  unused UInt32,
  last_used_at Nullable(DateTime64(3, 'UTC'))
) engine = MergeTree
order by customer_no;

create table if not exists member_benefit_next as member_benefit;
