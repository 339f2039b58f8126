-- ClickHouse is told again of everybody: it did not know of consents and identifiers before.
insert into customer_copy (customer_no)
select customer_no from customer where status = 0
on conflict (customer_no) do update set ticket = nextval('customer_copy_ticket');
