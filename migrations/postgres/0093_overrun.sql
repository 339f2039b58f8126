-- What a line that stops holds beyond its cap: it had been promised before, or happened all the same. Nothing is let through for it, and it is told.
alter table budget_line add column overrun numeric(18, 4) not null default 0 check (overrun >= 0);
alter table budget_line drop constraint budget_line_check1;
alter table budget_line add constraint budget_line_within_cap check (over_cap <> 'stop' or reserved + committed + spent <= cap + overrun);
