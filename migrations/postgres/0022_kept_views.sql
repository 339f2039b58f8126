-- Reports and dashboards that were saved: what they ask is parsed by the program when it is read.
create table kept_view (
  view_id integer generated always as identity primary key,
  kind text not null check (kind in ('report', 'dashboard')),
  name text not null,
  body jsonb not null,
  -- The person who made it. Those of somebody who is gone stay as they were shared.
  owner_id integer,
  owner text not null,
  sharing text not null check (sharing in ('private', 'read', 'edit')),
  -- Raised by each change: an edit names the version it was made on.
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index kept_view_kind on kept_view (kind, updated_at desc);

-- What a metric should come to in a month, in all or where a dimension has one value.
create table metric_target (
  metric text not null,
  dimension text not null default '',
  value text not null default '',
  month date not null check (extract(day from month) = 1),
  target numeric(18, 4) not null,
  primary key (metric, dimension, value, month)
);
