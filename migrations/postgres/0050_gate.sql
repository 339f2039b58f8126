-- What the gate goes by. A change is a version of its own: a decision says by which it was made.
create table gate_rules (
  rules_no integer generated always as identity primary key,
  rules jsonb not null,
  at timestamptz not null,
  by text not null
);
alter table send_decision add column rules_no integer;

-- Who has, or wants, a place under the caps: what a decision to send takes away from the next one.
create table send_claim (
  customer_no integer not null,
  run_no integer not null,
  occasion text not null default '',
  occasion_on date not null,
  -- 0 waits for a place; 1 has one and has not gone yet, so that somebody of more worth may take it; 2 went.
  state smallint not null check (state between 0 and 2),
  -- When it went; until then when it was claimed.
  at timestamptz not null,
  primary key (customer_no, run_no, occasion, occasion_on)
) partition by range (occasion_on);

-- Who is not to be reached, whatever else says so: a person, or an address that may be nobody's we know. The address itself is
-- kept encrypted, for the list's own export, and by its keyed hash, by which it is found.
create table send_suppression (
  suppression_no bigint generated always as identity primary key,
  reason text not null check (reason in ('hard_bounce', 'complaint', 'by_hand', 'imported')),
  -- One way alone; null for all.
  channel text,
  -- False where messages of service still go.
  stops_service boolean not null,
  customer_no integer references customer (customer_no),
  kind smallint check (kind between 1 and 7),
  hash uuid,
  value bytea,
  added_at timestamptz not null,
  added_by text not null,
  check ((customer_no is null) <> (hash is null)),
  check ((kind is null) = (hash is null))
);
create unique index send_suppression_person on send_suppression (customer_no, coalesce(channel, ''), reason) where customer_no is not null;
create unique index send_suppression_address on send_suppression (hash, kind, coalesce(channel, ''), reason) where hash is not null;

-- How much of a platform's quota is used, by the day or month that it is of.
create table send_quota_use (
  channel text not null,
  per text not null check (per in ('day', 'month')),
  begins_on date not null,
  used integer not null,
  primary key (channel, per, begins_on)
);

-- Makes the partitions of a month where they are not there yet.
create or replace function make_send_month(day date) returns void language plpgsql as $$
declare
  month date := date_trunc('month', day);
  suffix text := to_char(month, 'YYYYMM');
  until date := month + interval '1 month';
begin
  if to_regclass('send_claim_' || suffix) is null then
    perform pg_advisory_xact_lock(hashtext('make_send_month'));
    execute format('create table if not exists send_decision_%s partition of send_decision for values from (%L) to (%L)', suffix, month, until);
    execute format('create table if not exists send_delivery_%s partition of send_delivery for values from (%L) to (%L)', suffix, month, until);
    -- Room for the one change that each has to expect.
    execute format('create table if not exists send_claim_%s partition of send_claim for values from (%L) to (%L) with (fillfactor = 60)', suffix, month, until);
  end if;
end $$;
