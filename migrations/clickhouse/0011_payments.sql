-- What of an order's money is not goods, or was not paid with money: amounts of the whole order, on one of its sale lines or on
-- each of them; the largest counts. Files and trackers that do not tell leave them at 0.
alter table order_line
  add column if not exists tax Decimal(18, 4) default 0 codec(ZSTD(1)),
  add column if not exists freight Decimal(18, 4) default 0 codec(ZSTD(1)),
  add column if not exists coupon_paid Decimal(18, 4) default 0 codec(ZSTD(1)),
  add column if not exists points_paid Decimal(18, 4) default 0 codec(ZSTD(1)),
  add column if not exists gift_card_paid Decimal(18, 4) default 0 codec(ZSTD(1));
