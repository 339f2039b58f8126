-- Reports that send themselves: what, when, to whom.
create table report_schedule (
  schedule_id integer generated always as identity primary key,
  name text not null,
  contents jsonb not null,
  period text not null,
  compare text not null,
  rhythm jsonb not null,
  -- People with accounts, mail addresses, groups; each with a language.
  recipients jsonb not null,
  state text not null check (state in ('active', 'paused')),
  version integer not null default 1,
  -- Whom to tell when it fails.
  owner_id integer references staff (staff_id) on delete set null,
  owner_locale text not null,
  created_at timestamptz not null,
  created_by text not null,
  -- When it is due next; null while it is paused.
  next_at timestamptz
);
create unique index report_schedule_name on report_schedule (lower(name));
create index report_schedule_due on report_schedule (next_at) where next_at is not null;

create table report_group (
  group_id integer generated always as identity primary key,
  name text not null,
  members jsonb not null
);
create unique index report_group_name on report_group (lower(name));

-- One time at which a report is sent. A moment of a schedule is taken up once, whoever works.
create table report_occasion (
  occasion_id bigint generated always as identity primary key,
  schedule_id integer not null references report_schedule (schedule_id) on delete cascade,
  due_at timestamptz not null,
  is_test boolean not null,
  state text not null check (state in ('under_way', 'sent', 'maybe_sent', 'failed', 'missed')),
  period_from date not null,
  period_to date not null,
  taken_up_at timestamptz not null,
  ended_at timestamptz,
  -- When its owner was told that it went wrong.
  told_at timestamptz
);
create unique index report_occasion_once on report_occasion (schedule_id, due_at) where not is_test;
create index report_occasion_schedule on report_occasion (schedule_id, occasion_id desc);
create index report_occasion_under_way on report_occasion (occasion_id) where state = 'under_way';

-- One person's copy. From `handing_over` on nobody but the mail server knows whether it has it; it is never sent again by itself.
create table report_sending (
  sending_id bigint generated always as identity primary key,
  occasion_id bigint not null references report_occasion (occasion_id) on delete cascade,
  address text not null,
  -- What the person is called in the history.
  name text not null,
  locale text not null,
  state text not null check (state in ('waiting', 'sending', 'handing_over', 'sent', 'maybe_sent', 'failed')),
  failures integer not null default 0,
  -- Counts who took it: what an earlier one says of it does not hold any more.
  attempt integer not null default 0,
  trouble jsonb,
  due_at timestamptz not null,
  -- The worker that has it is taken for dead after this.
  held_until timestamptz,
  sent_at timestamptz,
  unique (occasion_id, address)
);
create index report_sending_due on report_sending (due_at) where state = 'waiting';
create index report_sending_held on report_sending (held_until) where held_until is not null;
