-- A scorecard of a person for a period, or for their days in a position within it.
create table kpi_card (
  card_no integer generated always as identity primary key,
  plan_no integer not null references plan (plan_no),
  template_no integer not null references plan_item (item_no),
  period text not null,
  from_day date not null,
  until_day date not null check (until_day >= from_day),
  -- An account, or only what they are called.
  staff_id integer,
  person_name text not null,
  team text not null,
  position_name text not null,
  -- What it asks for; the shape is the contract's.
  parts jsonb not null,
  -- {points, reason, by, at}: what a superior said, shifted so that teams are measured alike.
  shift jsonb,
  version integer not null default 1,
  opened_at timestamptz not null,
  opened_by text not null
);
create index kpi_card_period on kpi_card (plan_no, period);

-- Scores with reasons; the newest of a kind counts, and none is ever changed.
create table kpi_mark (
  mark_no integer generated always as identity primary key,
  card_no integer not null references kpi_card (card_no),
  part_key text not null,
  kind text not null check (kind in ('self', 'superior')),
  score numeric(6, 2) not null,
  reason text not null,
  by_name text not null,
  at timestamptz not null
);
create index kpi_mark_card on kpi_mark (card_no, part_key, kind, mark_no desc);

-- Other targets than a card began with, asked for by one and decided by another.
create table kpi_change (
  change_no integer generated always as identity primary key,
  card_no integer not null references kpi_card (card_no),
  parts jsonb not null,
  reason text not null,
  asked_by text not null,
  asked_id integer not null,
  asked_at timestamptz not null,
  decision text not null default 'waiting' check (decision in ('waiting', 'approved', 'refused')),
  decided_by text,
  decided_id integer,
  decided_at timestamptz,
  check (decided_id is null or decided_id <> asked_id)
);
create unique index kpi_change_waiting on kpi_change (card_no) where decision = 'waiting';

-- Scores as they were frozen, with everything they stand on. The newest counts unless the card was opened again since.
create table kpi_freeze (
  freeze_no integer generated always as identity primary key,
  card_no integer not null references kpi_card (card_no),
  total numeric(8, 2),
  evidence jsonb not null,
  by_name text not null,
  at timestamptz not null,
  reopened_at timestamptz
);
create unique index kpi_freeze_standing on kpi_freeze (card_no) where reopened_at is null;

create table kpi_appeal (
  appeal_no integer generated always as identity primary key,
  card_no integer not null references kpi_card (card_no),
  freeze_no integer not null references kpi_freeze (freeze_no),
  text text not null,
  by_name text not null,
  at timestamptz not null,
  outcome text not null default 'waiting' check (outcome in ('waiting', 'kept', 'reopened')),
  answer text,
  answered_by text,
  answered_at timestamptz
);
create unique index kpi_appeal_waiting on kpi_appeal (card_no) where outcome = 'waiting';
