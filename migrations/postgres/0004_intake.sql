-- Keys of trackers. Only the hash of the secret is kept.
create table write_key (
  write_key_id integer generated always as identity primary key,
  name text not null,
  hash bytea not null unique,
  prefix text not null,
  created_at timestamptz not null default now(),
  created_by text not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);

-- The intake log: a batch is here before it is acknowledged, and leaves when its facts are sealed.
create table intake_batch (
  seq bigint generated always as identity primary key,
  received_at timestamptz not null default now(),
  write_key_id integer not null,
  event_count integer not null,
  -- zstd-compressed JSON array of events
  body bytea not null
);
alter table intake_batch alter column body set storage external;

-- Every event id that became a fact: a repeat changes nothing, however late it comes.
create table message_seen (
  message_id uuid primary key
);

-- Events that cannot become facts, with the reason, until someone replays or discards them.
create table set_aside_event (
  event_no bigint generated always as identity primary key,
  received_at timestamptz not null,
  write_key_id integer not null,
  reason text not null,
  detail jsonb not null default '{}',
  body bytea not null,
  set_aside_at timestamptz not null default now(),
  replayed_at timestamptz,
  discarded_at timestamptz
);
create index set_aside_event_open on set_aside_event (event_no desc) where replayed_at is null and discarded_at is null;

-- The register of the fact log: where in which file a batch of facts lies, and whether ClickHouse has it.
create table fact_batch (
  batch_no bigint generated always as identity primary key,
  file text not null,
  byte_offset bigint not null,
  byte_length bigint not null,
  checksum bytea not null,
  -- rows by table: {"event": 1000, "order_line": 12}
  row_counts jsonb not null,
  import_id integer not null default 0,
  sealed_at timestamptz not null default now(),
  applied_at timestamptz
);
create index fact_batch_unapplied on fact_batch (batch_no) where applied_at is null;
create index fact_batch_import on fact_batch (import_id) where import_id > 0;
