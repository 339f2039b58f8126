-- An activity that was paused because the lines of the budget it draws on have nothing for it: what these are called. Null where nobody or somebody paused it.
alter table activity add column full_lines text[];
