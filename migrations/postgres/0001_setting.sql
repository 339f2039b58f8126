-- What the brand has decided about itself, by name. Absent names have their defaults in the code.
create table setting (
  name text primary key,
  value jsonb not null,
  updated_at timestamptz not null default now()
);
