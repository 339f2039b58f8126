-- How a monitoring rule of a project stands: what of its figures is known, and what was told of it.
alter table plan_monitor
  drop column value, drop column computed_at, drop column since, drop column told_at,
  -- What its readings are of; of another metric or period they begin anew.
  add column figure_key text not null,
  add column due_at timestamptz not null,
  -- The last day of the period since which it stands so.
  add column since date not null,
  -- What everybody was told last; a rule begins as if it held.
  add column told text not null check (told in ('within', 'crossed')),
  -- The last days of the periods for which each was told last: once for a period, however often its figure is corrected.
  add column crossed_for date,
  add column within_for date;
create index plan_monitor_due on plan_monitor (due_at);

-- Figures of whole periods, as they were read last.
create table plan_monitor_reading (
  item_no integer not null references plan_item (item_no),
  from_day date not null,
  to_day date not null,
  -- As readings of figures: known, no_data, not_in_registry.
  state text not null,
  value numeric,
  computed_at timestamptz not null,
  primary key (item_no, to_day)
);

-- Each time a rule was crossed or held again, and who was told.
create table plan_monitor_turn (
  turn_no bigint generated always as identity primary key,
  item_no integer not null references plan_item (item_no),
  state text not null check (state in ('within', 'crossed')),
  from_day date not null,
  to_day date not null,
  value numeric not null,
  at timestamptz not null,
  told text[] not null
);
create index plan_monitor_turn_item on plan_monitor_turn (item_no, turn_no);
