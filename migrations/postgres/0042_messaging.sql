-- One step of a program at one occasion: whom it meant stands fixed from here on. A double start is the same run.
create table send_run (
  run_no integer generated always as identity primary key,
  program_kind text not null check (program_kind in ('campaign', 'journey', 'service', 'test')),
  program_no integer not null,
  step text not null,
  -- What makes this time another than the last: a date, a number, an order.
  occasion text not null,
  -- The month that its decisions are kept under. It follows from the run, so that (run, person) stays unique over all months.
  occasion_on date not null,
  channel text not null,
  purpose text not null check (purpose in ('marketing', 'service')),
  -- For caps by category; empty where it has none.
  category text not null default '',
  -- What one message is expected to be worth, by which programs that want the same person are put in order.
  expected_value numeric(18, 4) not null default 0,
  -- The arms of its experiment, in their order: [{key, isControl, templateNo, templateVersion}].
  arms jsonb not null,
  experiment_no integer,
  state text not null check (state in ('waiting', 'running', 'paused', 'done', 'cancelled')),
  -- Not before, and of no use after.
  send_from timestamptz not null,
  send_until timestamptz,
  per_minute integer check (per_minute > 0),
  created_at timestamptz not null,
  created_by text not null,
  finished_at timestamptz,
  unique (program_kind, program_no, step, occasion)
);
-- Whom each arm means: a portable Roaring bitmap. Written when the run is frozen, never after.
create table send_run_people (
  run_no integer not null references send_run (run_no) on delete cascade,
  arm smallint not null,
  people bytea not null,
  people_count integer not null,
  -- All numbers up to this one are decided about.
  decided_to bigint not null default 0,
  primary key (run_no, arm)
);

-- One row for a person of a run, whatever was decided: who was reached, who was not, and why.
create table send_decision (
  occasion_on date not null,
  run_no integer not null,
  customer_no integer not null,
  -- What tells runs of one person apart where a run is of many occasions, as in a journey; empty where it is of one.
  occasion text not null default '',
  arm smallint not null,
  verdict smallint not null check (verdict between 0 and 3),
  -- The place in the list of reasons of the domain's contract.
  reason smallint not null,
  decided_at timestamptz not null,
  -- When a deferred one is looked at again.
  next_at timestamptz,
  -- What each check found, as far as it tells more than the reason.
  checks jsonb,
  primary key (occasion_on, run_no, customer_no, occasion)
) partition by range (occasion_on);
create index send_decision_customer on send_decision (customer_no, decided_at desc);
create index send_decision_next on send_decision (next_at) where next_at is not null;

-- What is on its way to somebody, and what became of it. The key is what providers that know keys are given.
create table send_delivery (
  occasion_on date not null,
  run_no integer not null,
  customer_no integer not null,
  occasion text not null default '',
  -- queued: to be handed over; handing: whose answer is not known yet; handed: a provider took it; refused, unknown, dropped: the end.
  state text not null check (state in ('queued', 'handing', 'handed', 'refused', 'unknown', 'dropped')),
  account_no integer,
  attempts smallint not null default 0,
  not_before timestamptz not null,
  handed_at timestamptz,
  -- What the provider calls it, and what it answered: a code, never its words.
  provider_id text,
  answer text,
  cost numeric(18, 4),
  primary key (occasion_on, run_no, customer_no, occasion)
) partition by range (occasion_on);
create index send_delivery_waiting on send_delivery (run_no, not_before, customer_no) where state in ('queued', 'handing');
create index send_delivery_customer on send_delivery (customer_no, handed_at desc);
create index send_delivery_provider on send_delivery (account_no, provider_id) where provider_id is not null;

-- Makes the partitions of a month where they are not there yet.
create function make_send_month(day date) returns void language plpgsql as $$
declare
  month date := date_trunc('month', day);
  suffix text := to_char(month, 'YYYYMM');
  until date := month + interval '1 month';
begin
  if to_regclass('send_decision_' || suffix) is null then
    perform pg_advisory_xact_lock(hashtext('make_send_month'));
    execute format('create table if not exists send_decision_%s partition of send_decision for values from (%L) to (%L)', suffix, month, until);
    execute format('create table if not exists send_delivery_%s partition of send_delivery for values from (%L) to (%L)', suffix, month, until);
  end if;
end $$;

-- Who was put into which arm. Written once for a person, as long as the experiment lives.
create table experiment (
  experiment_no integer generated always as identity primary key,
  -- `campaign 12`; the group that no program reaches is `universal`.
  subject text not null unique,
  salt text not null,
  -- [{key, isControl, share}]; shares add up to 10,000.
  arms jsonb not null,
  created_at timestamptz not null
);
create table experiment_people (
  experiment_no integer not null references experiment (experiment_no) on delete cascade,
  arm smallint not null,
  people bytea not null,
  primary key (experiment_no, arm)
);
