-- Multipliers of activities that were on when an order was placed, as they were: returns go by them.
alter table order_earning add column extras jsonb not null default '[]';
