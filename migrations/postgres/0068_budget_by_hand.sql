-- Why somebody did it by hand, and why a line was closed.
alter table budget_entry add column note text not null default '';
alter table budget_line add column closed_by text not null default '';
alter table budget_line add column closed_note text not null default '';

-- What people cost in a year, by the positions of the plan: its cap follows them and is approved like any other.
alter table budget_line add column is_from_positions boolean not null default false;
create unique index budget_line_from_positions on budget_line (plan_no, from_month) where is_from_positions and closed_at is null;
