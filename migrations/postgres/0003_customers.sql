-- Numbers are given in blocks, once, and never again: bitmaps and facts are made of them.
create table customer_counter (
  one boolean primary key default true check (one),
  next_no bigint not null default 1 check (next_no < 4294967295)
);
insert into customer_counter default values;

create table customer (
  customer_no integer primary key,
  -- 0 active, 1 merged into another, 2 erased
  status smallint not null default 0 check (status between 0 and 2),
  merged_into integer references customer (customer_no),
  created_at timestamptz not null,
  channel text,
  -- 0 when the customer did not come with a file
  import_id integer not null default 0
);
create index customer_import on customer (import_id) where import_id > 0;
create index customer_merged_into on customer (merged_into) where merged_into is not null;

-- The identity vault. `value` is encrypted for kinds that are personal data; `hash` is keyed.
-- Kinds: 1 external id, 2 phone, 3 mail, 4 member number, 5 unionid, 6 openid (namespace: the app), 7 device.
create table identifier (
  kind smallint not null check (kind between 1 and 7),
  namespace text not null default '',
  hash uuid not null,
  customer_no integer not null references customer (customer_no),
  value bytea not null,
  added_at timestamptz not null default now(),
  import_id integer not null default 0,
  primary key (kind, namespace, hash)
);
create index identifier_customer on identifier (customer_no);

create table customer_profile (
  customer_no integer primary key references customer (customer_no),
  name bytea,
  gender text check (gender in ('male', 'female')),
  birth_date date,
  country text,
  province text,
  city text,
  language text,
  attributes jsonb not null default '{}',
  -- Personal attributes beyond the columns above, one encrypted JSON object.
  personal bytea,
  -- Tells the copy of the non-personal part in ClickHouse how new it is.
  version bigint not null default 1,
  updated_at timestamptz not null default now()
);

-- Keyed 32-bit hashes of the first characters of a name: the search by prefix of encrypted names.
create table name_prefix (
  prefix_hash integer not null,
  customer_no integer not null,
  primary key (prefix_hash, customer_no)
);
create index name_prefix_customer on name_prefix (customer_no);

-- Every statement about consent is kept; the newest by time is what counts.
create table consent (
  consent_id bigint generated always as identity primary key,
  customer_no integer not null references customer (customer_no),
  channel text not null,
  purpose text not null,
  granted boolean not null,
  at timestamptz not null,
  recorded_at timestamptz not null default now(),
  source text not null,
  evidence jsonb not null default '{}',
  text_version text,
  actor text not null
);
create index consent_customer on consent (customer_no, channel, purpose, at desc);

create table tag (
  tag_id integer generated always as identity primary key,
  name text not null unique,
  colour text not null default 'default',
  created_at timestamptz not null default now()
);
create table customer_tag (
  customer_no integer not null references customer (customer_no),
  tag_id integer not null references tag (tag_id) on delete cascade,
  added_at timestamptz not null default now(),
  added_by text not null,
  primary key (customer_no, tag_id)
);
create index customer_tag_tag on customer_tag (tag_id);

-- Who became part of whom, and what was moved, so that it can be taken apart again.
create table customer_merge (
  merge_id integer generated always as identity primary key,
  survivor_no integer not null references customer (customer_no),
  absorbed_no integer not null references customer (customer_no),
  reason text not null,
  moved jsonb not null,
  at timestamptz not null default now(),
  actor text not null,
  undone_at timestamptz,
  undone_by text
);
create index customer_merge_survivor on customer_merge (survivor_no);
create index customer_merge_absorbed on customer_merge (absorbed_no);

-- Erased people: every rebuild and every restore leaves their facts out again.
create table erasure (
  customer_no integer primary key references customer (customer_no),
  erased_at timestamptz not null default now(),
  actor text not null,
  reason text not null,
  counts jsonb not null
);
-- Keyed hashes of what an erased person was known by, so that a late event does not bring the person back.
create table erased_identifier (
  kind smallint not null,
  namespace text not null,
  hash uuid not null,
  primary key (kind, namespace, hash)
);
