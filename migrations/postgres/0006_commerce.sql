-- What the brand sells, as the newest order, event or file described it.
create table product (
  product_id text primary key check (product_id <> ''),
  name text,
  -- From the widest to the narrowest, with slashes between: `饮品/茶叶`. Order lines carry the same text.
  category text,
  brand text,
  list_price numeric(18, 4),
  status text not null default 'active' check (status in ('active', 'retired')),
  first_seen_at timestamptz not null default now(),
  -- When what stands here was said, not when it was written: the newest statement wins.
  described_at timestamptz not null
);
create index product_category on product (category);
create index product_brand on product (brand);
