-- What the rules of tiers remember of a member between two looks, and what lists and counts go by. Growth goes on between looks in a window
-- that rolls; figures that change by that say until when they hold.
alter table member
  add column life jsonb,
  -- A drop waits for approval since then.
  add column awaiting_since timestamptz,
  -- Growth that is missing to the next tier, in thousandths of what that takes; null in the highest.
  add column to_next bigint,
  add column to_next_share integer,
  add column to_next_until timestamptz,
  -- When the next tier would be reached if growth goes on as in the last ninety days.
  add column expected_rise_at timestamptz,
  -- Growth that is missing to keep the tier; null where nothing is.
  add column to_keep bigint;
create index member_awaiting on member (awaiting_since) where awaiting_since is not null;
create index member_grace on member (grace_until) where grace_until is not null;
create index member_rising on member (to_next_share) where to_next_share <= 300;
create index member_expected on member (expected_rise_at) where expected_rise_at is not null;
create index member_falling on member (review_at) where to_keep is not null;

alter table tier_grant
  add column asked_by_no integer not null,
  add column approved_by_no integer,
  add column asked_at timestamptz not null,
  add column refused_at timestamptz,
  add column ended_at timestamptz,
  -- Nobody approves what they asked for.
  add check (approved_by_no is null or approved_by_no <> asked_by_no);
create index tier_grant_waiting on tier_grant (asked_at) where approved_at is null and refused_at is null;

-- Every day of the brand's time zone is closed in steps, in their order; a step that was begun goes on where it stood.
create table day_boundary (
  day date not null,
  step smallint not null,
  name text not null,
  -- The last number that was worked off, where a step goes by numbers.
  position integer not null default 0,
  worked bigint not null default 0,
  began_at timestamptz not null,
  ended_at timestamptz,
  primary key (day, step)
);

-- What was decided about drops that waited, for everybody of a list or for one.
create table tier_decision (
  decision_no bigint generated always as identity primary key,
  customer_no integer not null,
  verdict text not null check (verdict in ('drop', 'keep')),
  reason text not null,
  decided_by text not null,
  decided_at timestamptz not null,
  from_tier text not null,
  to_tier text not null
);
create index tier_decision_customer on tier_decision (customer_no);
create index tier_decision_decided on tier_decision (decided_at);
