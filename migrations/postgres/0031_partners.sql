-- Brands to work together with: from an idea to an end.
create table partner (
  partner_id integer generated always as identity primary key,
  name text not null,
  trade text not null,
  website text not null,
  summary text not null,
  stage text not null check (stage in ('idea', 'contacted', 'negotiation', 'contract', 'running', 'ended')),
  stage_since timestamptz not null,
  owner_id integer references staff (staff_id) on delete set null,
  next_step text not null default '',
  next_step_on date,
  next_step_owner_id integer references staff (staff_id) on delete set null,
  -- Raised by each change: an edit names the version it was made on.
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index partner_name on partner (lower(name));

-- What happened with a partner, notes among it; only ever added to.
create table partner_event (
  event_no bigint generated always as identity primary key,
  partner_id integer not null references partner on delete cascade,
  kind text not null,
  at timestamptz not null,
  by_name text not null,
  details jsonb not null
);
create index partner_event_partner on partner_event (partner_id, event_no desc);

-- People at the partner's: name, phone, mail and WeChat in one encrypted object.
create table partner_contact (
  contact_id integer generated always as identity primary key,
  partner_id integer not null references partner on delete cascade,
  role text not null,
  sealed bytea not null,
  version integer not null default 1
);
create index partner_contact_partner on partner_contact (partner_id);

-- Where the partner's product and ours meet.
create table partner_scene (
  scene_id integer generated always as identity primary key,
  partner_id integer not null references partner on delete cascade,
  title text not null,
  moment text not null check (moment in ('before_purchase', 'with_purchase', 'after_purchase', 'membership', 'event')),
  categories text[] not null,
  their_product text not null,
  description text not null,
  version integer not null default 1
);
create index partner_scene_partner on partner_scene (partner_id);

-- A count of common customers: a key for the partner to hash with, its hashes until they are compared, then counts alone.
create table partner_matching (
  matching_id integer generated always as identity primary key,
  partner_id integer not null references partner on delete cascade,
  kind text not null check (kind in ('phone', 'email')),
  sealed_key bytea,
  state text not null check (state in ('open', 'waiting', 'done')),
  made_at timestamptz not null,
  made_by text not null,
  ends_at timestamptz not null,
  -- 32 bytes each, one after the other.
  hashes bytea
);
create index partner_matching_partner on partner_matching (partner_id);
create index partner_matching_waiting on partner_matching (matching_id) where state = 'waiting';

create table partner_estimate (
  estimate_id integer generated always as identity primary key,
  partner_id integer not null references partner on delete cascade,
  kind text not null check (kind in ('matched', 'survey', 'affinity')),
  basis jsonb not null,
  source text not null,
  -- The day that the figures are of.
  as_of date not null,
  made_at timestamptz not null,
  made_by text not null
);
create index partner_estimate_partner on partner_estimate (partner_id);

create table partner_contract (
  contract_id integer generated always as identity primary key,
  partner_id integer not null references partner,
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  settlement text not null check (settlement in ('prepaid', 'billed')),
  -- Of what is billed later: whether giving a benefit costs, or only its use.
  billed_on text not null check (billed_on in ('grant', 'use')),
  price_each numeric(18, 4) not null check (price_each >= 0),
  -- The most that packs may cost (prepaid), or that benefits given may come to (billed).
  cap numeric(18, 4) check (cap >= 0),
  committed numeric(18, 4) not null default 0 check (committed >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  terms text not null,
  version integer not null default 1,
  check (cap is null or committed <= cap)
);
create index partner_contract_partner on partner_contract (partner_id, starts_on);

create table partner_pack (
  pack_no integer generated always as identity primary key,
  partner_id integer not null references partner,
  contract_id integer not null references partner_contract,
  names jsonb not null,
  codes text not null check (codes in ('none', 'uploaded', 'issued')),
  price_each numeric(18, 4) not null check (price_each >= 0),
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  -- How many days a benefit is good for; null for as long as the pack.
  valid_days integer check (valid_days > 0),
  per_person integer check (per_person > 0),
  alert_level integer not null check (alert_level >= 0),
  state text not null check (state in ('active', 'paused')),
  -- What is billed later may be without a limit.
  is_limited boolean not null,
  bought integer not null default 0 check (bought >= 0),
  granted integer not null default 0,
  returned integer not null default 0 check (returned between 0 and granted),
  used integer not null default 0 check (used between 0 and granted),
  reversed integer not null default 0 check (reversed between 0 and granted),
  version integer not null default 1,
  created_at timestamptz not null,
  -- More than there is can never be given.
  check (not is_limited or granted - returned <= bought)
);
create index partner_pack_partner on partner_pack (partner_id);
create index partner_pack_contract on partner_pack (contract_id);

-- A benefit that somebody has. When it has ended is told by the moment itself.
create table partner_grant (
  grant_no bigint generated always as identity primary key,
  pack_no integer not null references partner_pack,
  -- Null once the person was erased.
  customer_no integer,
  granted_at timestamptz not null,
  expires_at timestamptz,
  used_at timestamptz,
  reversed_at timestamptz
);
create index partner_grant_pack on partner_grant (pack_no, grant_no desc);
create index partner_grant_customer on partner_grant (customer_no, pack_no) where customer_no is not null;

-- Codes are worth money: found by a keyed hash, readable with the deployment's secret alone.
create table partner_code (
  code_no bigint generated always as identity primary key,
  partner_id integer not null references partner,
  pack_no integer not null references partner_pack,
  hash bytea not null,
  sealed bytea not null,
  hint text not null,
  grant_no bigint unique references partner_grant,
  unique (partner_id, hash)
);
create index partner_code_free on partner_code (pack_no, code_no) where grant_no is null;

-- The ledger of a partner: only ever added to. `units` is what a pack gained or lost, `amount` by how much more is owed.
create table partner_entry (
  entry_no bigint generated always as identity primary key,
  partner_id integer not null references partner,
  pack_no integer references partner_pack,
  grant_no bigint references partner_grant,
  kind text not null check (kind in ('bought', 'granted', 'used', 'reversed', 'adjusted', 'settled')),
  units integer not null,
  amount numeric(18, 4) not null,
  currency text not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  -- Of what is settled: the first day of the month it is for.
  month date check ((kind = 'settled') = (month is not null)),
  -- An entry is taken back once.
  reverses bigint unique references partner_entry,
  by_name text not null,
  reason text not null default ''
);
create index partner_entry_partner on partner_entry (partner_id, occurred_at);
create index partner_entry_pack on partner_entry (pack_no);
create index partner_entry_grant on partner_entry (grant_no);
-- Once in each life of a benefit.
create unique index partner_entry_once on partner_entry (grant_no, kind) where kind in ('granted', 'used');

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger of partners is only added to';
end $$;
create trigger partner_entry_only_added before update or delete or truncate on partner_entry for each statement execute function refuse_change();

-- Every command that was carried out, for ever: the same again answers the same, another one under its key is refused.
create table partner_command (
  command_key text primary key,
  input_hash bytea not null,
  outcome jsonb,
  recorded_at timestamptz not null
);

-- What a partner says against what the ledger says, for some days.
create table partner_comparison (
  comparison_id integer generated always as identity primary key,
  partner_id integer not null references partner,
  from_on date not null,
  to_on date not null,
  basis text not null check (basis in ('granted', 'used')),
  lines integer not null,
  matched integer not null,
  matched_amount numeric(18, 4) not null,
  bad jsonb not null,
  bad_count integer not null,
  made_at timestamptz not null,
  made_by text not null
);
create index partner_comparison_partner on partner_comparison (partner_id);

create table partner_difference (
  difference_no bigint generated always as identity primary key,
  comparison_id integer not null references partner_comparison,
  kind text not null check (kind in ('only_ours', 'only_theirs', 'amounts_differ')),
  grant_no bigint references partner_grant,
  -- The partner's word for it; of a code its end alone.
  reference text not null,
  our_amount numeric(18, 4),
  their_amount numeric(18, 4),
  our_on date,
  their_on date,
  state text not null default 'open' check (state in ('open', 'accepted', 'rejected', 'settled')),
  version integer not null default 1
);
create index partner_difference_comparison on partner_difference (comparison_id, difference_no);

create table partner_difference_event (
  event_no bigint generated always as identity primary key,
  difference_no bigint not null references partner_difference,
  state text not null,
  note text not null,
  amount numeric(18, 4),
  at timestamptz not null,
  by_name text not null
);
create index partner_difference_event_difference on partner_difference_event (difference_no, event_no);
