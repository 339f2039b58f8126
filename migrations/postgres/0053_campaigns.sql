-- What is sent to whom and when. What was sent, and to whom, stands with the runs of messaging.
create table campaign (
  campaign_no integer generated always as identity primary key,
  -- Given by whoever drafted it, so that a double click drafts one.
  sender_key text not null unique,
  definition jsonb not null,
  state text not null check (state in ('draft', 'checked', 'submitted', 'approved', 'running', 'paused', 'done', 'cancelled')),
  version integer not null default 1,
  -- What it would come to, as when it was checked; and whether that takes a second person.
  estimate jsonb,
  needs_approval boolean not null default true,
  -- Staff by their kind and id, `staff 12`; the name beside it is what people read.
  edited_actor text not null,
  edited_by text not null,
  edited_at timestamptz not null,
  submitted_actor text,
  submitted_by text,
  approved_by text,
  -- When its next occasion begins; null where there is none.
  next_at timestamptz,
  began_at timestamptz,
  -- When its last occasion began.
  last_at timestamptz,
  finished_at timestamptz,
  experiment_no integer references experiment (experiment_no),
  winner text
);
create index campaign_next on campaign (next_at) where state in ('approved', 'running') and next_at is not null;

-- Each time it went. A best hour is a run each.
create table campaign_occasion (
  campaign_no integer not null references campaign (campaign_no),
  occasion text not null,
  began_at timestamptz not null,
  run_nos integer[] not null,
  people_count integer not null,
  held_out_count integer not null,
  primary key (campaign_no, occasion)
);

-- Who did what with it.
create table campaign_step (
  campaign_no integer not null references campaign (campaign_no) on delete cascade,
  step_no integer generated always as identity,
  at timestamptz not null,
  by text not null,
  step text not null,
  note text not null default '',
  primary key (campaign_no, step_no)
);

-- Of whom it meant, who was in which segment of buyers before anything was sent: 0 for who never bought, then the places in the list
-- of segments. A portable Roaring bitmap.
create table campaign_segment (
  campaign_no integer not null references campaign (campaign_no),
  segment integer not null,
  people bytea not null,
  primary key (campaign_no, segment)
);

-- What it came to, as it was last worked out: for a version of the facts, and for good when its time is over.
create table campaign_result (
  campaign_no integer primary key references campaign (campaign_no),
  data_version bigint not null,
  computed_at timestamptz not null,
  is_final boolean not null,
  result jsonb not null
);

-- What a campaign taught, for whoever plans the next.
create table campaign_lesson (
  lesson_no integer generated always as identity primary key,
  campaign_no integer not null references campaign (campaign_no),
  title text not null,
  body text not null,
  tags text[] not null,
  -- The campaign's result in a sentence, in the language it was read in.
  finding text not null,
  saved_by text not null,
  saved_at timestamptz not null
);
create index campaign_lesson_campaign on campaign_lesson (campaign_no);

-- The report of a campaign where somebody edited it; until then it writes itself each time it is read.
create table campaign_report (
  campaign_no integer primary key references campaign (campaign_no),
  version integer not null,
  -- [{key, title, text}], in the language it was edited in.
  sections jsonb not null,
  edited_by text not null,
  edited_at timestamptz not null
);

-- Each copy of it that was sent to somebody of the staff: noted before it is handed over, so that nobody gets it twice.
create table campaign_report_copy (
  copy_no integer generated always as identity primary key,
  campaign_no integer not null references campaign (campaign_no),
  staff_id integer not null,
  locale text not null,
  -- The report as it was when somebody sent it.
  subject text not null,
  sections jsonb not null,
  state text not null check (state in ('waiting', 'handing', 'sent', 'failed', 'unknown')),
  problem text,
  asked_by text not null,
  asked_at timestamptz not null
);
create index campaign_report_copy_campaign on campaign_report_copy (campaign_no, copy_no desc);
create index campaign_report_copy_waiting on campaign_report_copy (copy_no) where state = 'waiting';
