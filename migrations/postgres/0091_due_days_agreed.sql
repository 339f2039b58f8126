-- Due days moved after the days of a card began that a second person agreed to: from then on the new day counts for that card. The newest of an item counts, and none is ever changed.
create table kpi_due_day (
  agreed_no integer generated always as identity primary key,
  card_no integer not null references kpi_card (card_no),
  item_no integer not null references plan_item (item_no),
  -- Null: it is not due any more, or not of whom the card is about.
  due_on date,
  reason text not null,
  by_name text not null,
  by_actor text not null,
  at timestamptz not null
);
create index kpi_due_day_card on kpi_due_day (card_no, item_no, agreed_no desc);

-- What was changed since a moment is asked for whenever progress is scored.
create index plan_change_at on plan_change (plan_no, at);
