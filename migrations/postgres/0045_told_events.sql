-- Events that the program itself tells of customers it knows, until they are facts: written with what they tell of, in one transaction.
create table told_event (
  seq bigint generated always as identity primary key,
  event_count integer not null check (event_count > 0),
  -- JSON, compressed. Nothing in it is personal.
  body bytea not null
);
