-- What messages say. A version that was approved never changes: what it says is written anew as the next one.
create table message_template (
  template_no integer generated always as identity primary key,
  name text not null,
  channel text not null,
  purpose text not null check (purpose in ('marketing', 'service')),
  -- For caps by category; empty where it has none.
  category text not null default '',
  created_by text not null,
  created_at timestamptz not null,
  archived_at timestamptz
);
create unique index message_template_name on message_template (lower(name)) where archived_at is null;

create table message_template_version (
  template_no integer not null references message_template (template_no),
  -- 1, 2, 3 of its template.
  version_no integer not null,
  content jsonb not null,
  note text not null default '',
  state text not null check (state in ('draft', 'waiting', 'approved', 'withdrawn')),
  -- An edit names the revision it was made on.
  revision integer not null default 1,
  edited_by text not null,
  edited_by_id integer,
  edited_at timestamptz not null,
  submitted_by text,
  submitted_by_id integer,
  submitted_at timestamptz,
  approved_by text,
  approved_by_id integer,
  approved_at timestamptz,
  withdrawn_by text,
  withdrawn_at timestamptz,
  -- Why it was refused or withdrawn.
  reason text not null default '',
  primary key (template_no, version_no)
);
-- One at a time is worked on.
create unique index message_template_open on message_template_version (template_no) where state in ('draft', 'waiting');
