-- In which transaction a merge was made or taken apart: whoever follows them passes over none that becomes visible late.
alter table customer_merge add column changed_in xid8 not null default pg_current_xact_id();
create index customer_merge_changed on customer_merge (changed_in, merge_id);
