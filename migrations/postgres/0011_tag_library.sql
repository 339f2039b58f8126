create table tag_category (
  category_id integer generated always as identity primary key,
  name text not null,
  position integer not null
);
create unique index tag_category_name on tag_category (lower(name));

-- What the library says of a tag. One without a card is given by hand, and nobody has described it yet.
create table tag_card (
  tag_id integer primary key references tag (tag_id) on delete cascade,
  -- 'tier' is one of the tiers of `parent_id`, at `position`
  kind text not null check (kind in ('hand', 'file', 'rule', 'tiers', 'tier')),
  parent_id integer references tag_card (tag_id) on delete cascade,
  position smallint,
  category_id integer references tag_category (category_id) on delete set null,
  owner text not null,
  meaning text not null default '',
  definition jsonb not null,
  -- Raised by each change a person makes: an edit names the version it was made on, and what was computed for an older one is dropped.
  version integer not null default 1,
  updated_at timestamptz not null,
  check ((kind = 'tier') = (parent_id is not null and position is not null))
);
create index tag_card_parent on tag_card (parent_id, position) where parent_id is not null;
create index tag_card_category on tag_card (category_id) where category_id is not null;

-- How a computed tag stands.
create table tag_state (
  tag_id integer primary key references tag (tag_id) on delete cascade,
  -- The newest membership, and how many its members are; 0 before the first.
  version_no integer not null default 0,
  size integer not null default 0,
  evaluated_at timestamptz,
  -- What it was computed from: while this stays the same, so do the members. Null asks for it to be computed.
  stamp text,
  took_ms integer not null default 0,
  -- Limits between tiers that were chosen by shares, and the brand's day they were chosen on.
  limits jsonb,
  limits_day date,
  -- Why it could not be computed: {code, params} of a Problem.
  trouble jsonb
);

-- Members of computed tags as portable Roaring bitmaps, one for each 65,536 customer numbers: what changes is written
-- alone, and what a person has is read from the rows of their own shard.
create table tag_members (
  tag_id integer not null references tag (tag_id) on delete cascade,
  shard integer not null,
  members bytea not null,
  primary key (tag_id, shard)
);
create index tag_members_shard on tag_members (shard, tag_id);

create table tag_version (
  tag_id integer not null references tag (tag_id) on delete cascade,
  version_no integer not null,
  at timestamptz not null,
  size integer not null,
  entered_count integer not null,
  left_count integer not null,
  primary key (tag_id, version_no)
);
create index tag_version_at on tag_version (tag_id, at);

-- Who came to have a tag and who lost it, by version and shard.
create table tag_move (
  move_id bigint generated always as identity primary key,
  tag_id integer not null references tag (tag_id) on delete cascade,
  shard integer not null,
  at timestamptz not null,
  entered bytea not null,
  left_members bytea not null
);
create index tag_move_shard on tag_move (shard, at desc, move_id desc);
create index tag_move_tag on tag_move (tag_id);

-- Whom files gave a tag, and for how long.
create table tag_upload (
  upload_id integer generated always as identity primary key,
  tag_id integer not null references tag (tag_id) on delete cascade,
  name text not null,
  size integer not null,
  given_at timestamptz not null,
  given_by text not null,
  lapses_at timestamptz,
  members bytea not null
);
create index tag_upload_tag on tag_upload (tag_id);
alter table tag_upload alter column members set storage external;
