-- A goal that was found off its path in a period, from then until it was back on it.
create table goal_alert (
  alert_no integer generated always as identity primary key,
  item_no integer not null references plan_item (item_no),
  period text not null,
  actual double precision not null,
  path double precision not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  -- When its owner was written to.
  told_at timestamptz
);
create unique index goal_alert_open on goal_alert (item_no, period) where closed_at is null;
