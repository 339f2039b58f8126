-- Decisions about all drops that wait, made some thousand at a time after one press.
create table tier_decision_run (
  run_no integer generated always as identity primary key,
  verdict text not null check (verdict in ('drop', 'keep')),
  reason text not null,
  decided_by text not null,
  began_at timestamptz not null,
  -- How many waited when it began, and how many were decided.
  people integer not null,
  decided integer not null default 0,
  -- Everybody up to this number was looked at.
  position integer not null default 0,
  ended_at timestamptz
);
create unique index tier_decision_run_one on tier_decision_run ((true)) where ended_at is null;
