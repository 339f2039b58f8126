-- Groups of customers: a live one follows its rule, a fixed one stays as it was when it was made.
create table audience (
  audience_id integer generated always as identity primary key,
  name text not null,
  reason text not null,
  kind text not null check (kind in ('live', 'fixed')),
  rule jsonb not null,
  -- Raised with each new rule: members computed by an older rule are not written any more.
  rule_version integer not null default 1,
  owner text not null,
  -- Raised by each change a person makes: an edit names the version it was made on.
  version integer not null default 1,
  -- The newest membership, and how many its members are; 0 before the first.
  version_no integer not null default 0,
  size integer not null default 0,
  -- Bytes and number of the changes since the last snapshot.
  change_bytes bigint not null default 0,
  change_count integer not null default 0,
  -- Raised when stored members are written anew because a person was erased.
  rewrites integer not null default 0,
  -- To be computed as a whole as soon as possible.
  is_due boolean not null default false,
  fresh_at timestamptz,
  -- Why it could not be kept up to date: {code, params} of a Problem.
  trouble jsonb,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  archived_at timestamptz
);
create unique index audience_name on audience (lower(name)) where archived_at is null;

-- Lists of people out of uploaded files. Only their numbers are kept, as a portable Roaring bitmap.
create table audience_list (
  list_id integer generated always as identity primary key,
  name text not null,
  members bytea not null,
  size integer not null,
  -- What the file held: lines, of them unknown and repeated.
  lines integer not null,
  unknown integer not null,
  duplicates integer not null,
  created_at timestamptz not null,
  created_by text not null
);
alter table audience_list alter column members set storage external;
create unique index audience_list_name on audience_list (lower(name));

-- What the rule of an audience refers to; nothing that is referred to can be deleted.
create table audience_reference (
  audience_id integer not null references audience (audience_id) on delete cascade,
  used_id integer not null references audience (audience_id),
  primary key (audience_id, used_id)
);
create index audience_reference_used on audience_reference (used_id);
create table audience_list_reference (
  audience_id integer not null references audience (audience_id) on delete cascade,
  list_id integer not null references audience_list (list_id),
  primary key (audience_id, list_id)
);
create index audience_list_reference_list on audience_list_reference (list_id);

-- Who was in an audience since when: what changed against the version before, as portable Roaring bitmaps, and
-- from time to time all members. Numbers are those of the moment; who is meant today is decided on reading.
create table audience_version (
  audience_id integer not null references audience (audience_id) on delete cascade,
  version_no integer not null,
  at timestamptz not null,
  rule_version integer not null,
  size integer not null,
  entered_count integer not null,
  left_count integer not null,
  entered bytea not null,
  left_members bytea not null,
  snapshot bytea,
  primary key (audience_id, version_no)
);
alter table audience_version
  alter column entered set storage external,
  alter column left_members set storage external,
  alter column snapshot set storage external;
create index audience_version_at on audience_version (audience_id, at, version_no);
create index audience_version_snapshot on audience_version (audience_id, version_no) where snapshot is not null;

-- Up to which version somebody has taken the changes of an audience. Their work and this are one transaction.
create table audience_cursor (
  consumer text not null,
  audience_id integer not null references audience (audience_id),
  version_no integer not null,
  primary key (consumer, audience_id)
);
create index audience_cursor_audience on audience_cursor (audience_id);

-- Up to where live audiences have seen what happened.
create table audience_progress (
  one boolean primary key default true check (one),
  -- Facts applied before this moment, copies of customers up to this version, and the state of all facts as a whole.
  applied_before timestamptz not null default '-infinity',
  copy_version bigint not null default 0,
  whole_version bigint not null default -1,
  -- The last full minute for which they were computed.
  minute timestamptz not null default '-infinity',
  -- Every live audience without trouble is as new as this.
  fresh_at timestamptz
);
insert into audience_progress default values;

-- Rises when the facts changed by more than a batch of new ones: an import, its undoing, a rebuild.
alter table fact_state add column whole_version bigint not null default 0;
create index fact_batch_applied on fact_batch (applied_at);
