-- Whether a program has put something aside is looked up each minute: few of its entries are about that, however many it comes to have.
create index budget_entry_reserved on budget_entry (program, line_no, entry_no) where kind in ('reserve', 'release');
