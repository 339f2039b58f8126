-- What the overview of members shows, as it was added up last: one row.
create table membership_report (
  id boolean primary key default true check (id),
  computed_at timestamptz not null,
  report jsonb not null
);
