-- Who did what when, once more in the order of names and time: whom an hour or a day concerns is found without reading everything else.
alter table event add projection if not exists by_time (select customer_no, occurred_at, name order by name, occurred_at);
alter table event materialize projection by_time;
