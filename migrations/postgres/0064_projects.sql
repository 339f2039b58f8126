-- Robots of groups in Feishu, DingTalk and WeCom. Their address holds the key to the group, so it is sealed with the secret they sign by.
create table plan_robot (
  robot_no integer generated always as identity primary key,
  kind text not null check (kind in ('feishu', 'dingtalk', 'wecom')),
  name text not null,
  sealed bytea not null,
  created_at timestamptz not null,
  created_by text not null,
  removed_at timestamptz
);

-- What robots say. One that was on its way when the process died is `unknown`: it is not said again.
create table plan_robot_message (
  message_no bigint generated always as identity primary key,
  robot_no integer not null references plan_robot (robot_no),
  -- {title, lines, link}
  message jsonb not null,
  state text not null check (state in ('waiting', 'sending', 'sent', 'failed', 'unknown')),
  due_at timestamptz not null,
  failures smallint not null default 0,
  sent_at timestamptz,
  -- The code of the problem that it met.
  problem text
);
create index plan_robot_message_due on plan_robot_message (due_at) where state in ('waiting', 'sending');
create index plan_robot_message_sent on plan_robot_message (robot_no, sent_at) where sent_at is not null;

-- Whose calendar a secret address shows. The address itself is kept nowhere.
create table plan_calendar_feed (
  staff_id integer primary key references staff (staff_id),
  token_hash bytea not null unique,
  locale text not null,
  created_at timestamptz not null,
  last_read_at timestamptz
);

-- What invitations to a meeting say; `sequence` grows by each that says something else (RFC 5546).
create table plan_meeting_invitation (
  item_no integer primary key references plan_item (item_no),
  sequence integer not null,
  organizer jsonb not null,
  -- What of the meeting was told: a hash by which it is known that it is another now.
  told text not null,
  -- [{name, address}] who has it in their calendar.
  invited jsonb not null,
  at timestamptz not null,
  by_name text not null
);

-- Mail that leaves because of the plan: invitations, reports, alerts. One copy a person.
create table plan_mail (
  mail_no bigint generated always as identity primary key,
  -- meeting:12, report:3, monitor:7
  subject_key text not null,
  to_name text not null,
  to_address text not null,
  locale text not null,
  subject text not null,
  html text not null,
  text text not null,
  -- {method, content} of an invitation.
  calendar jsonb,
  state text not null check (state in ('waiting', 'sending', 'sent', 'failed', 'unknown')),
  due_at timestamptz not null,
  failures smallint not null default 0,
  sent_at timestamptz,
  problem text
);
create index plan_mail_due on plan_mail (due_at) where state in ('waiting', 'sending');
create index plan_mail_subject on plan_mail (subject_key, mail_no);

-- How a monitoring rule of a project stands.
create table plan_monitor (
  item_no integer primary key references plan_item (item_no),
  state text not null check (state in ('within', 'crossed', 'unknown')),
  value numeric,
  computed_at timestamptz,
  looked_at timestamptz not null,
  -- Since when it stands so.
  since timestamptz not null,
  told_at timestamptz
);

-- Reports of a day, a week or a month, as they wrote themselves and were edited.
create table plan_report (
  report_no integer generated always as identity primary key,
  plan_no integer not null references plan (plan_no),
  -- Null is the whole plan.
  project_no integer references plan_item (item_no),
  unit text not null check (unit in ('day', 'week', 'month')),
  from_day date not null,
  to_day date not null,
  -- [{key, title, lines}]
  sections jsonb not null,
  version integer not null default 1,
  written_at timestamptz not null,
  written_by text not null,
  edited_at timestamptz,
  edited_by text,
  unique nulls not distinct (plan_no, project_no, unit, from_day)
);
