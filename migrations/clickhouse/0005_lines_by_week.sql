-- Lines in the order of their week, and within it of their customer: what was bought lately is still read without
-- reading everything else, and whoever counts it by customer meets customers in their order. The moment itself must
-- not be part of the key: the engine would look for it there instead of in the week.
alter table order_line drop projection if exists by_time;
alter table order_line add projection if not exists by_week (
  select customer_no, occurred_at, kind, order_key, product_id, category, brand, channel, region, quantity, unit_price, amount, currency
  order by toMonday(occurred_at), customer_no
);
-- Who ever bought something of a category, brand, channel or region, and who ever did something, as sets of people.
alter table order_line add projection if not exists people_by_category (select kind, category, groupBitmapState(customer_no) group by kind, category);
alter table order_line add projection if not exists people_by_brand (select kind, brand, groupBitmapState(customer_no) group by kind, brand);
alter table order_line add projection if not exists people_by_channel (select kind, channel, groupBitmapState(customer_no) group by kind, channel);
alter table order_line add projection if not exists people_by_region (select kind, region, groupBitmapState(customer_no) group by kind, region);
alter table event modify setting lightweight_mutation_projection_mode = 'rebuild';
alter table event add projection if not exists people_by_name (select name, groupBitmapState(customer_no) group by name);
-- All at once: each is a mutation, and the next would wait for it.
alter table order_line materialize projection by_week, materialize projection people_by_category, materialize projection people_by_brand,
  materialize projection people_by_channel, materialize projection people_by_region;
alter table event materialize projection people_by_name;
