-- Order lines once more in the order of time: what was bought lately, of whom or what, is read without reading everything else.
alter table order_line modify setting lightweight_mutation_projection_mode = 'rebuild';
alter table order_line add projection if not exists by_time (
  select customer_no, occurred_at, kind, order_key, product_id, category, brand, channel, region, quantity, unit_price, amount, currency
  order by occurred_at
);
alter table order_line materialize projection by_time;
