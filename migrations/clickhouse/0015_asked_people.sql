-- Whom a question is about, as long as it may be asked again: looked up while facts are read, and derived from what PostgreSQL has.
create table if not exists asked_people (
  people_key String,
  asked_at DateTime('UTC') default now(),
  people AggregateFunction(groupBitmap, UInt32)
) engine = MergeTree
order by people_key
ttl asked_at + interval 1 day;
