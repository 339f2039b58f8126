-- What became of the points of each lot that an activity gave, in money: at what a point paid when it was given.
create table activity_points (
  lot_no bigint primary key,
  activity_no integer not null references activity,
  given numeric(18, 4) not null,
  redeemed numeric(18, 4) not null,
  -- Ended, or taken back: nobody can redeem it any more.
  lapsed numeric(18, 4) not null
);
-- The sums of it, changed together with it.
create table activity_cost (
  activity_no integer primary key references activity,
  given numeric(18, 4) not null,
  redeemed numeric(18, 4) not null,
  lapsed numeric(18, 4) not null
);

-- What was committed may lapse; what was redeemed and given back is spent no longer, and promised again.
alter table budget_entry drop constraint budget_entry_kind_check;
alter table budget_entry add constraint budget_entry_kind_check check (kind in ('reserve', 'commit', 'spend', 'release', 'lapse', 'return'));

-- Of a claim, what was committed because its program gave it and did not lapse, and what was spent because it was redeemed: not by an invoice or anybody's hand.
alter table budget_claim add column given numeric(18, 4) not null default 0 check (given >= 0);
alter table budget_claim add column redeemed numeric(18, 4) not null default 0 check (redeemed >= 0);
update budget_claim c set given = greatest(0, e.given), redeemed = e.redeemed from (
  select line_no, program, coalesce(sum(amount) filter (where starts_with(key, 'follow ' || program || ' ')), 0)
      + coalesce(sum(committed) filter (where starts_with(key, 'end ' || program || ' ')), 0) as given,
    coalesce(sum(spent) filter (where starts_with(key, 'redeem ' || program || ' ')), 0) as redeemed
  from budget_entry group by line_no, program) e
  where (c.line_no, c.program) = (e.line_no, e.program);
