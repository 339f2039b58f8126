-- Who is known by devices alone is told to ClickHouse again, which did not distinguish them before.
insert into customer_copy (customer_no)
select customer_no from customer c
where status = 0 and not exists (select from identifier i where i.customer_no = c.customer_no and i.kind <> 7)
on conflict (customer_no) do update set ticket = nextval('customer_copy_ticket');
