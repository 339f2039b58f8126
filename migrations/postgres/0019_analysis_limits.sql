-- Limits that the brand has set for an analysis: of recency, frequency and value, of the states of a life. The newest version counts.
create table analysis_limits (
  analysis text not null,
  version integer not null,
  limits jsonb not null,
  set_by text not null,
  set_at timestamptz not null default now(),
  primary key (analysis, version)
);
