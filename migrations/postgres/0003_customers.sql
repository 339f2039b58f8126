-- Numbers are given in blocks, once, and never again: bitmaps and facts are made of them.
create table customer_counter (
  one boolean primary key default true check (one),
  next_no bigint not null default 1 check (next_no < 2147483647)
);
insert into customer_counter default values;

create table customer (
  customer_no integer primary key,
  -- 0 active, 1 merged into another, 2 erased
  status smallint not null default 0 check (status between 0 and 2),
  -- The edge of the tree of merges: who this customer is part of now, and since when.
  merged_into integer references customer (customer_no),
  merged_at timestamptz,
  -- The first time that anything was seen of the customer.
  created_at timestamptz not null,
  channel text,
  -- 0 when the customer did not come with a file
  import_id integer not null default 0,
  check ((status = 1) = (merged_into is not null and merged_at is not null) or status = 2)
);
create index customer_merged_into on customer (merged_into) where merged_into is not null;

-- The identity vault. `hash` is keyed; `value` is encrypted where it is personal data.
-- Kinds: 1 external id, 2 phone, 3 email, 4 member number, 5 unionid, 6 openid (namespace: the app), 7 device.
create table identifier (
  kind smallint not null check (kind between 1 and 7),
  namespace text not null default '',
  hash uuid not null,
  -- Who is meant today: after a merge the survivor.
  customer_no integer not null references customer (customer_no),
  -- Whose it was before any merge; null while that is still `customer_no`.
  home_no integer references customer (customer_no),
  value bytea not null,
  added_at timestamptz not null default now(),
  import_id integer not null default 0,
  -- The hash first: it tells nearly all apart by itself, at the cost of one comparison.
  primary key (hash, kind, namespace)
);
create index identifier_customer on identifier (customer_no);
create index identifier_home on identifier (home_no) where home_no is not null;
-- Where identifiers are valid, besides everywhere: what a search has to look in.
create table identifier_namespace (
  kind smallint not null,
  namespace text not null,
  primary key (kind, namespace)
);

create table customer_profile (
  customer_no integer primary key references customer (customer_no),
  name bytea,
  -- Four keyed bytes for each leading part of the name, the longer after the shorter, then four for the
  -- whole name: a search by prefix of an encrypted name is a range of this index.
  name_key bytea,
  gender text check (gender in ('male', 'female')),
  birth_date date,
  country text,
  province text,
  city text,
  language text,
  attributes jsonb not null default '{}',
  -- Personal attributes beyond the columns above, one encrypted JSON object.
  personal bytea,
  -- When the newest traits were said; older ones only fill what is empty.
  traits_at timestamptz,
  -- Raised by each change: an edit names the version it was made on.
  version bigint not null default 1,
  updated_at timestamptz not null default now()
);
create index customer_profile_name on customer_profile (name_key, customer_no) where name_key is not null;

-- Every statement about consent is kept; rules decide which one counts.
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
create index consent_customer on consent (customer_no, at desc);

create table tag (
  tag_id integer generated always as identity primary key,
  name text not null,
  created_at timestamptz not null default now()
);
create unique index tag_name on tag (lower(name));
create table customer_tag (
  customer_no integer not null references customer (customer_no),
  tag_id integer not null references tag (tag_id) on delete cascade,
  added_at timestamptz not null default now(),
  added_by text not null,
  primary key (customer_no, tag_id)
);
create index customer_tag_tag on customer_tag (tag_id);

-- What was done to a customer by hand, for the timeline. Personal values are never in it, only their names.
create table customer_change (
  change_id bigint generated always as identity primary key,
  customer_no integer not null references customer (customer_no),
  kind text not null check (kind in ('edit', 'tag_added', 'tag_removed', 'identifier_added', 'identifier_removed')),
  at timestamptz not null,
  actor text not null,
  details jsonb not null default '{}'
);
create index customer_change_customer on customer_change (customer_no, at desc);

-- Who became part of whom. A customer is absorbed once at a time.
create table customer_merge (
  merge_id integer generated always as identity primary key,
  survivor_no integer not null references customer (customer_no),
  absorbed_no integer not null references customer (customer_no),
  -- 'device' when an anonymous visitor was recognised, 'staff' when a person decided
  reason text not null,
  at timestamptz not null default now(),
  actor text not null,
  undone_at timestamptz,
  undone_by text,
  check (survivor_no <> absorbed_no)
);
create index customer_merge_survivor on customer_merge (survivor_no);
create index customer_merge_absorbed on customer_merge (absorbed_no);
create unique index customer_merge_open on customer_merge (absorbed_no) where undone_at is null;

-- Two customers that were said to share an identifier: a person decides whether they are one.
create table possible_duplicate (
  low_no integer not null references customer (customer_no),
  high_no integer not null references customer (customer_no),
  kind smallint not null,
  found_at timestamptz not null default now(),
  dismissed_at timestamptz,
  dismissed_by text,
  primary key (low_no, high_no),
  check (low_no < high_no)
);
create index possible_duplicate_high on possible_duplicate (high_no);

-- Erased people: every rebuild and every restore leaves their facts out again.
create table erasure (
  customer_no integer primary key references customer (customer_no),
  erased_at timestamptz not null default now(),
  actor text not null,
  reason text not null,
  counts jsonb not null,
  -- When other domains had deleted what they held, with what was still on its way.
  finished_at timestamptz
);
create index erasure_unfinished on erasure (erased_at) where finished_at is null;
-- Keyed hashes of what an erased person was known by, so that a late event does not bring the person back.
create table erased_identifier (
  kind smallint not null,
  namespace text not null,
  hash uuid not null,
  primary key (kind, namespace, hash)
);

-- Customers whose copy in ClickHouse is behind. A ticket that has risen since it was read stays in the queue.
create sequence customer_copy_ticket start 1000;
create table customer_copy (
  customer_no integer primary key,
  ticket bigint not null default nextval('customer_copy_ticket')
);
