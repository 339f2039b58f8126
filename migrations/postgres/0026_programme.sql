-- Versions of the membership programme. Published ones never change; the newest that has begun is in force.
create table programme_version (
  version_no integer generated always as identity primary key,
  definition jsonb not null,
  state text not null check (state in ('draft', 'waiting', 'published', 'withdrawn')),
  -- The first moment of a day of the brand's time zone.
  starts_at timestamptz,
  note text not null default '',
  edited_by text not null,
  edited_at timestamptz not null,
  -- Raised by each change of a draft: an edit names the revision it was made on.
  revision integer not null default 1,
  published_by text,
  published_at timestamptz,
  -- The second person, where one is asked for.
  approved_by text,
  approved_at timestamptz,
  check (state <> 'published' or (starts_at is not null and published_at is not null))
);
create unique index programme_version_start on programme_version (starts_at) where state = 'published';

-- While it is paused nothing is earned and no tier moves; points can be spent.
create table programme_pause (
  pause_no integer generated always as identity primary key,
  paused_at timestamptz not null,
  resumed_at timestamptz check (resumed_at > paused_at),
  reason text not null,
  paused_by text not null,
  resumed_by text
);
create unique index programme_pause_open on programme_pause ((true)) where resumed_at is null;

-- Who is a member. All numbers of a person that was merged keep their own row; the person has the highest tier of them, with its clock.
create table member (
  customer_no integer primary key,
  joined_at timestamptz not null,
  -- How they came to join: a channel, the page, the programme's policy.
  joined_by text not null,
  left_at timestamptz,
  tier text not null,
  tier_since timestamptz not null,
  -- The cycle whose growth decides whether the tier is kept, and when that is looked at.
  cycle_start timestamptz not null,
  review_at timestamptz,
  grace_until timestamptz,
  -- When time alone changes something next.
  due_at timestamptz,
  version_no integer not null references programme_version
);
create index member_due on member (due_at) where due_at is not null;
create index member_tier on member (tier, customer_no);
create index member_joined on member (joined_at, customer_no);

-- What decides about tiers: only ever added to, and never spent.
create table growth_entry (
  entry_no bigint generated always as identity primary key,
  customer_no integer not null,
  -- Below zero what a return took.
  amount bigint not null,
  kind text not null check (kind in ('order', 'refund', 'activity', 'adjustment', 'opening')),
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  entry_key text not null unique,
  -- How it came about: the version of the rules, base, rate, order.
  derivation jsonb not null
);
create index growth_entry_customer on growth_entry (customer_no, occurred_at);

-- Every joining, change of tier and leaving, for whoever follows members.
create table tier_change (
  change_no bigint generated always as identity primary key,
  customer_no integer not null,
  kind text not null check (kind in ('join', 'rise', 'drop', 'renew', 'grace', 'grant', 'grant_end', 'leave')),
  from_tier text,
  to_tier text,
  -- Names the cycle together with the tier: what is given once a cycle goes by both.
  cycle_start timestamptz not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  version_no integer not null references programme_version,
  derivation jsonb not null
);
create index tier_change_customer on tier_change (customer_no, change_no);
create index tier_change_occurred on tier_change (occurred_at);

-- Tiers that were given by hand: a floor while they last.
create table tier_grant (
  grant_no integer generated always as identity primary key,
  customer_no integer not null,
  tier text not null,
  reason text not null,
  asked_by text not null,
  approved_by text,
  approved_at timestamptz,
  starts_at timestamptz not null,
  ends_at timestamptz,
  ended_by text,
  check (ends_at is null or ends_at >= starts_at)
);
create index tier_grant_customer on tier_grant (customer_no);
