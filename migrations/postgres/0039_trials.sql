-- Versions of the programme tried on everybody's history, beside the one that was in force.
create table programme_trial (
  trial_no integer generated always as identity primary key,
  -- A draft may be deleted while its trial is kept.
  version_no integer not null,
  -- Null where nothing was in force to compare with.
  against_no integer,
  -- As they were when it was asked for: drafts change.
  draft jsonb not null,
  present jsonb not null,
  state text not null check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  progress real not null default 0,
  cancel_requested boolean not null default false,
  as_of timestamptz not null,
  asked_by text not null,
  finished_at timestamptz,
  -- Code of a message.
  failure text,
  result jsonb
);
-- One at a time.
create unique index programme_trial_open on programme_trial ((true)) where state in ('waiting', 'running');

-- Who stands where in a trial: bitmaps of customer numbers.
create table programme_trial_people (
  trial_no integer not null references programme_trial on delete cascade,
  cell text not null,
  people bytea not null,
  primary key (trial_no, cell)
);
