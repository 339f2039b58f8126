-- Where a parcel goes: sealed, and gone with its order, or some time after it was sent.
create table mall_recipient (
  order_no bigint primary key references mall_order on delete cascade,
  sealed bytea not null,
  given_at timestamptz not null
);
