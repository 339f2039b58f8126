-- Keys of commands are looked up with whose they are: a history that is written person by person adds at the ends of these indexes, and does not
-- touch a page for each key. An earning is made once: the database says so.
drop index points_entry_command;
create unique index points_entry_earned on points_entry (customer_no, command_key) where kind = 'earn';
create index points_entry_command on points_entry (customer_no, command_key) where kind <> 'earn' and command_key is not null;

alter table growth_entry drop constraint growth_entry_entry_key_key;
drop index growth_entry_customer;
create unique index growth_entry_key on growth_entry (customer_no, entry_key);

-- What an entry took, in its order: one index instead of two.
drop index points_allocation_entry;
alter table points_allocation drop constraint points_allocation_pkey, add primary key (entry_no, allocation_no);
