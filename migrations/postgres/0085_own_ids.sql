-- A file that named no source used to keep the shop's own customer numbers under 'default', apart from the same numbers told by trackers.
-- Where a brand has such numbers they stay where they are, and each of the two places is asked from the other.
alter table identifier_namespace add column is_own boolean not null default false;
update identifier_namespace set is_own = true where kind = 1 and namespace = 'default';
-- Whoever is two people already because of it: somebody decides, as of any pair. A number that looks personal is encrypted, and is found when it is said next.
insert into possible_duplicate (low_no, high_no, kind)
select distinct least(told.customer_no, brought.customer_no), greatest(told.customer_no, brought.customer_no), 1
from identifier brought join identifier told on told.value = brought.value and told.kind = 1 and told.namespace = ''
where brought.kind = 1 and brought.namespace = 'default' and told.customer_no <> brought.customer_no and get_byte(brought.value, 0) = 0
on conflict do nothing;
