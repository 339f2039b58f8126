-- Funnels that were saved: steps, window and order by a name that everybody sees.
create table funnel (
  funnel_id int generated always as identity primary key,
  name text not null,
  definition jsonb not null,
  owner text not null,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index funnel_name on funnel (lower(name));
