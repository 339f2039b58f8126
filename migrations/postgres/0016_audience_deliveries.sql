-- Where members of audiences may be sent: an address of the web or a bucket.
create table audience_destination (
  destination_id integer generated always as identity primary key,
  name text not null,
  kind text not null check (kind in ('webhook', 'bucket')),
  -- All but the secret: {url}, or {endpoint, region, bucket, prefix, addressing, accessKeyId}.
  address jsonb not null,
  -- Encrypted; forgotten when the destination is revoked.
  secret bytea,
  created_at timestamptz not null,
  created_by text not null,
  -- When something was last sent there, and what went wrong: {code, params} of a Problem.
  tried_at timestamptz,
  trouble jsonb,
  revoked_at timestamptz
);
create unique index audience_destination_name on audience_destination (lower(name)) where revoked_at is null;

-- That an audience is sent to a destination: once, or each time its members change.
create table audience_delivery (
  delivery_id integer generated always as identity primary key,
  audience_id integer not null references audience (audience_id) on delete cascade,
  destination_id integer not null references audience_destination (destination_id),
  mode text not null check (mode in ('once', 'changes')),
  format text not null check (format in ('jsonl', 'csv', 'roaring')),
  is_full boolean not null,
  -- The language of headings.
  locale text not null,
  -- At least so long between two shipments.
  pause_minutes integer not null,
  -- `stopped` after too many failures, until somebody says go on.
  state text not null check (state in ('active', 'stopped', 'done', 'ended')),
  trouble jsonb,
  created_at timestamptz not null,
  created_by text not null,
  ended_at timestamptz
);
create index audience_delivery_audience on audience_delivery (audience_id, delivery_id);
create index audience_delivery_destination on audience_delivery (destination_id);

-- What is sent at one time. Whose data it is stands fixed from the moment it is begun, so that a repeat sends the same.
create table audience_shipment (
  shipment_id bigint generated always as identity primary key,
  delivery_id integer not null references audience_delivery (delivery_id) on delete cascade,
  -- What receivers know its pages by; never given twice, also after a backup was restored.
  key uuid not null default gen_random_uuid(),
  state text not null check (state in ('waiting', 'running', 'done', 'dropped')),
  is_whole boolean not null,
  -- Portable Roaring bitmaps; null when it is over.
  entered bytea,
  left_members bytea,
  entered_count integer not null,
  left_count integer not null,
  -- How far it has come: who entered first, then who left, by ascending numbers.
  leg text not null default 'entered' check (leg in ('entered', 'left', 'over')),
  page_no integer not null default 0,
  after_no bigint not null default 0,
  -- How far the page under way reaches: what is sent again is the same page.
  until_no bigint,
  -- An object that is put together of parts: {id, tags}.
  upload jsonb,
  sent integer not null default 0,
  -- In a row.
  failures integer not null default 0,
  status integer,
  trouble jsonb,
  due_at timestamptz not null,
  -- The worker that has it says so again and again.
  held_until timestamptz,
  created_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz
);
alter table audience_shipment alter column entered set storage external, alter column left_members set storage external;
create unique index audience_shipment_waiting on audience_shipment (delivery_id) where state = 'waiting';
create index audience_shipment_due on audience_shipment (due_at) where state in ('waiting', 'running');
create index audience_shipment_delivery on audience_shipment (delivery_id, shipment_id desc);
create index audience_shipment_ended on audience_shipment (ended_at);
