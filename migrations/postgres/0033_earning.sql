-- Points that end when nothing was earned or spent for so long: the rule by which their end moves on.
alter table points_lot add column idle jsonb;

-- What each order has earned, in points and growth, and by what that is known again when facts are told once more. Orders that earned nothing have no row.
create table order_earning (
  order_key bigint primary key,
  -- The number its facts carry.
  customer_no integer not null,
  order_id text not null,
  placed_at timestamptz not null,
  version_no integer not null references programme_version,
  -- Fingerprint of what was sold.
  sold bigint not null,
  applied text[] not null,
  -- What was earned before anything came back: points by the rate and by a threshold; growth by money and for the order.
  regular bigint not null,
  bonus bigint not null,
  by_money bigint not null,
  per_order bigint not null,
  -- What it should come to, and what returns should have taken and did not get.
  points bigint not null,
  growth bigint not null,
  shortfall bigint not null,
  entries integer not null,
  -- [[entry, points that can still be taken back], …]
  earnings jsonb not null
);
create index order_earning_customer on order_earning (customer_no, placed_at);

-- Whose history before the programme became a balance to begin with.
create table earning_opening (
  customer_no integer primary key,
  points bigint not null,
  growth bigint not null,
  recorded_at timestamptz not null
);
