-- Runs of models. One of a kind at most waits or runs; the newest that is done is what is shown and asked.
create table insight_model (
  model_id integer generated always as identity primary key,
  kind text not null,
  state text not null check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  params jsonb not null,
  -- The moment it is computed for, however often it is begun again, and the version of the data then.
  as_of timestamptz not null,
  data_version bigint not null,
  asked_by text not null,
  progress jsonb,
  cancel_requested boolean not null default false,
  -- Why it failed: {code, params} of a Problem.
  failure jsonb,
  -- Parameters and quality; what was computed of people lies in ClickHouse under the number of the run.
  result jsonb,
  finished_at timestamptz
);
create unique index insight_model_under_way on insight_model (kind) where state in ('waiting', 'running');
create index insight_model_kind on insight_model (kind, model_id);
