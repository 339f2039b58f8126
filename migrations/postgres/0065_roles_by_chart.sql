-- Roles that accounts hold because of what they are assigned to in the plan. A row stays for as long as the plan says so: who takes the
-- role away by hand meanwhile has taken it away, and a role that was held before stays when the assignment ends.
create table staff_role_by_chart (
  staff_id integer not null references staff (staff_id) on delete cascade,
  role_id integer not null references role (role_id) on delete cascade,
  is_given boolean not null,
  since timestamptz not null,
  primary key (staff_id, role_id)
);
