-- Pictures that somebody uploaded for mails. Whoever knows the token may fetch one: it stands in mails, and cannot be guessed.
create table message_picture (
  picture_no integer generated always as identity primary key,
  token text not null unique,
  -- The same picture is kept once.
  digest bytea not null unique,
  kind text not null check (kind in ('png', 'jpg', 'gif', 'webp')),
  name text not null,
  width integer not null,
  height integer not null,
  bytes bytea not null,
  at timestamptz not null,
  by_name text not null
);
