-- A file that letters carry: kept once for all of them, until each of them has left or was given up.
create table plan_mail_file (
  file_no bigint generated always as identity primary key,
  name text not null,
  type text not null,
  -- A third more on the way; most mail servers take ten megabytes.
  content bytea not null check (octet_length(content) <= 7000000)
);
alter table plan_mail add column file_no bigint references plan_mail_file (file_no) on delete set null;
create index plan_mail_file_no on plan_mail (file_no) where file_no is not null;

-- What a message of a robot is about, as letters say it.
alter table plan_robot_message add column subject_key text;
create index plan_robot_message_subject on plan_robot_message (subject_key) where subject_key is not null;

-- The language a report was written in. Version 0 is not written yet.
alter table plan_report add column locale text not null;
create index plan_report_days on plan_report (plan_no, from_day desc);

-- What is written and sent by itself: a plan's reports and its director's page, when, and to whom.
create table plan_mailing (
  mailing_no integer generated always as identity primary key,
  plan_no integer not null references plan (plan_no),
  kind text not null check (kind in ('report', 'director')),
  -- Of a report; null is the whole plan.
  project_no integer references plan_item (item_no),
  -- A report is of the days, weeks or months of its rhythm.
  rhythm jsonb not null,
  -- Of a report: the period that is under way, or the one before.
  covers text check (covers in ('current', 'last')),
  -- False: it is written, and waits for somebody who looks at it.
  is_sent boolean not null,
  locale text not null,
  -- [{kind: staff, staffId} or {kind: address, address}]
  readers jsonb not null,
  robot_nos integer[] not null,
  -- Who is told what waits for a look, and what went wrong.
  keeper_id integer references staff (staff_id) on delete set null,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  -- Null while it is paused.
  next_at timestamptz,
  check ((kind = 'report') = (covers is not null))
);
create unique index plan_mailing_once on plan_mailing (plan_no, kind, project_no, (rhythm ->> 'every')) nulls not distinct;
create index plan_mailing_due on plan_mailing (next_at) where next_at is not null;

-- One time at which a report is written or the director's page is made into a mail, by itself or because somebody asked. A moment of a mailing stands here once.
create table plan_occasion (
  occasion_no bigint generated always as identity primary key,
  mailing_no integer references plan_mailing (mailing_no) on delete cascade,
  plan_no integer not null references plan (plan_no),
  -- Null is the director's page.
  report_no integer references plan_report (report_no),
  -- The version of the report that this writes over.
  replaces integer,
  due_at timestamptz not null,
  locale text not null,
  -- {readers, robotNos} it goes to as soon as it is made; null: to nobody by itself.
  goes_to jsonb,
  state text not null check (state in ('making', 'made', 'failed', 'missed')),
  -- What was to be sent then, and is not because it is too late.
  is_late boolean not null default false,
  failures smallint not null default 0,
  try_at timestamptz not null,
  problem text,
  asked_by text not null,
  unique (mailing_no, due_at)
);
create index plan_occasion_due on plan_occasion (try_at) where state = 'making';
create index plan_occasion_report on plan_occasion (report_no, occasion_no desc) where report_no is not null;
create index plan_occasion_director on plan_occasion (plan_no, occasion_no desc) where report_no is null;
