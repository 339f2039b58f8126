-- What was exchanged and waits to be sent, which the page of the day counts.
create index mall_order_to_send on mall_order (order_no) where state = 'confirmed' and delivery ->> 'kind' = 'shipment';
