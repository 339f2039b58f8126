-- People who work with the system. An invited person has no password yet.
create table staff (
  staff_id integer generated always as identity primary key,
  email text not null check (email = lower(email)),
  name text not null,
  password_hash text,
  password_set_at timestamptz,
  created_at timestamptz not null default now(),
  disabled_at timestamptz,
  last_sign_in_at timestamptz
);
create unique index staff_email on staff (email);

-- A built-in role has a key and is named by the messages; an own role has a name.
create table role (
  role_id integer generated always as identity primary key,
  key text unique,
  name text,
  created_at timestamptz not null default now(),
  check ((key is null) <> (name is null))
);
create unique index role_name on role (lower(name));
insert into role (key) values
  ('administrator'), ('manager'), ('specialist'), ('member_operations'), ('data_analyst'),
  ('crm_lead'), ('experience_lead'), ('analytics_lead'), ('service'), ('viewer');

-- How a role differs from what it holds by default; an own role holds nothing by default.
create table role_permission (
  role_id integer not null references role (role_id) on delete cascade,
  permission text not null,
  granted boolean not null,
  primary key (role_id, permission)
);

create table staff_role (
  staff_id integer not null references staff (staff_id) on delete cascade,
  role_id integer not null references role (role_id),
  primary key (staff_id, role_id)
);
create index staff_role_role on staff_role (role_id);

-- There is always an administrator who can sign in. The lock makes two people who remove each
-- other take turns, and the second then sees what the first did.
create function keep_an_administrator() returns trigger language plpgsql as $$
declare
  administrator constant integer := (select role_id from role where key = 'administrator');
begin
  if tg_table_name = 'staff_role' then
    if old.role_id <> administrator then return null; end if;
  elsif old.disabled_at is not null or new.disabled_at is null
      or not exists (select from staff_role where staff_id = new.staff_id and role_id = administrator) then
    return null;
  end if;
  perform pg_advisory_xact_lock(7233302);
  if not exists (
    select from staff_role join staff using (staff_id) where role_id = administrator and disabled_at is null
  ) then
    raise exception 'the last administrator stays' using errcode = 'P7001';
  end if;
  return null;
end $$;
create trigger keep_an_administrator after delete or update on staff_role
  for each row execute function keep_an_administrator();
create trigger keep_an_administrator after update of disabled_at on staff
  for each row execute function keep_an_administrator();

-- Only the SHA-256 of a session's token is kept.
create table session (
  session_id integer generated always as identity primary key,
  staff_id integer not null references staff (staff_id) on delete cascade,
  token_hash bytea not null unique,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  peer text not null,
  device text not null
);
create index session_staff on session (staff_id);

-- One-time links: to sign in, or to set a password (invitation and reset).
create table sign_in_link (
  token_hash bytea primary key,
  staff_id integer not null references staff (staff_id) on delete cascade,
  purpose text not null check (purpose in ('sign_in', 'password')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index sign_in_link_staff on sign_in_link (staff_id);

-- Attempts to sign in by hashed account, peer address and both together.
create table sign_in_attempt (
  key bytea primary key,
  attempts integer not null,
  last_at timestamptz not null,
  blocked_until timestamptz not null
);

-- Tokens for programs. One made on the command line has no owner.
create table api_token (
  api_token_id integer generated always as identity primary key,
  owner_id integer references staff (staff_id) on delete cascade,
  name text not null,
  token_hash bytea not null unique,
  prefix text not null,
  scopes text[] not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index api_token_owner on api_token (owner_id);

-- The audit log. Each row's hash covers the row and the hash before it.
create table audit_log (
  seq bigint primary key,
  at timestamptz not null,
  actor_kind text not null,
  actor_id integer not null,
  actor_name text not null,
  action text not null,
  subject text not null,
  details jsonb not null,
  hash bytea not null
);
create index audit_log_action on audit_log (action, seq desc);
create index audit_log_actor on audit_log (actor_kind, actor_id, seq desc);
create index audit_log_subject on audit_log (subject, seq desc);
create index audit_log_at on audit_log (at);

create function audit_hash(previous bytea, entry audit_log) returns bytea language sql stable as $$
  select sha256(previous || convert_to(jsonb_build_array(
    entry.seq, extract(epoch from entry.at), entry.actor_kind, entry.actor_id, entry.actor_name,
    entry.action, entry.subject, entry.details)::text, 'UTF8'))
$$;

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log only grows' using errcode = 'P7002';
end $$;
create trigger refuse_audit_change before update or delete or truncate on audit_log
  for each statement execute function refuse_audit_change();

-- Entries wait here until their transaction commits. The chain is extended then, so that a long
-- transaction does not keep the others waiting, and no two hold each other up.
create table audit_entry (
  entry_id bigint generated always as identity primary key,
  actor_kind text not null,
  actor_id integer not null,
  actor_name text not null,
  action text not null,
  subject text not null,
  details jsonb not null
);
create function extend_audit_chain() returns trigger language plpgsql as $$
declare
  previous record;
  next audit_log;
begin
  perform pg_advisory_xact_lock(7233303);
  select seq, hash into previous from audit_log order by seq desc limit 1;
  next := row(coalesce(previous.seq, 0) + 1, clock_timestamp(), new.actor_kind, new.actor_id, new.actor_name,
    new.action, new.subject, new.details, null);
  next.hash := audit_hash(coalesce(previous.hash, '\x'), next);
  insert into audit_log select (next).*;
  delete from audit_entry where entry_id = new.entry_id;
  return null;
end $$;
create constraint trigger extend_audit_chain after insert on audit_entry
  deferrable initially deferred for each row execute function extend_audit_chain();
