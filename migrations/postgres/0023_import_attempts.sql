-- Which attempt at an import is under way: raised by every worker that takes it up. What an earlier one still wants to write
-- is refused: it may have been frozen, taken for dead, and not know it.
alter table import_run add column attempt integer not null default 0;
