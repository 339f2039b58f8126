alter table send_delivery
  -- The place of the person's arm among those of the run.
  add column arm smallint not null default 0,
  -- What was told of it, a bit each: the domain's `toldBits`.
  add column told integer not null default 0,
  -- Links that were followed, a bit for each place; those from the 62nd on share one.
  add column clicked_links bigint not null default 0;

-- How a run stands, counted in the background; that of a run with few people is counted when somebody asks.
create table send_run_summary (
  run_no integer primary key references send_run (run_no) on delete cascade,
  computed_at timestamptz not null,
  took_ms integer not null,
  counts jsonb not null
);
-- Runs of which something was told since.
create table send_run_changed (
  run_no integer primary key references send_run (run_no) on delete cascade
);
create index send_decision_deferred on send_decision (run_no, next_at) where next_at is not null;
-- Why a run stands still though nobody paused it: a code of the domain's problems.
alter table send_run add column trouble text;
