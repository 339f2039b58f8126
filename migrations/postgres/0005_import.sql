-- Files brought in, from the upload to the undoing.
create table import_run (
  import_id integer generated always as identity primary key,
  kind text not null check (kind in ('order_lines', 'customers', 'events', 'products')),
  state text not null check (state in ('uploaded', 'checked', 'queued', 'running', 'publishing', 'done', 'cancelled', 'failed', 'undoing', 'undone')),
  file_name text not null,
  -- Name in the folder of uploads; absent once the file is removed, for it holds personal data.
  upload_name text,
  size_bytes bigint not null,
  -- SHA-256 of the file as uploaded, by which the same file is known again.
  content_hash bytea not null,
  -- What was found in it: format, encoding, delimiter, columns. Never a value.
  inspection jsonb not null,
  mapping jsonb,
  -- Result of the dry run: counts, how much of the file it saw, the first errors.
  dry_run jsonb,
  progress jsonb,
  summary jsonb,
  -- Why it failed: {code, params} of a Problem.
  failure jsonb,
  -- Rejected rows kept for download; the counts in `progress` and `summary` are of all of them.
  rejects_written integer not null default 0,
  cancel_requested boolean not null default false,
  created_at timestamptz not null default now(),
  created_by text not null,
  started_at timestamptz,
  finished_at timestamptz,
  undone_at timestamptz,
  undone_by text,
  -- What taking it back removed: {customers, identifiers, ranges of customer numbers}.
  undo jsonb
);
create index import_run_content on import_run (content_hash);

-- What the columns of a file mean, by the set of its columns, to be offered again.
create table import_mapping (
  mapping_id integer generated always as identity primary key,
  name text not null,
  kind text not null,
  -- SHA-256 of the sorted column names.
  signature bytea not null,
  mapping jsonb not null,
  used_at timestamptz not null default now(),
  created_by text not null,
  unique (kind, name)
);
create index import_mapping_signature on import_mapping (signature, used_at desc);

-- Unlogged tables of running imports live here, and nothing else does.
create schema import_staging;
