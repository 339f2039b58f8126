-- What became of the points of each lot that a program gave, activities as benefits, in money: at what a point paid when it was given.
create table program_points (
  lot_no bigint primary key,
  program text not null,
  given numeric(18, 4) not null,
  redeemed numeric(18, 4) not null,
  -- Ended, or taken back: nobody can redeem it any more.
  lapsed numeric(18, 4) not null
);
-- The sums of it, changed together with it.
create table program_points_cost (
  program text primary key,
  given numeric(18, 4) not null,
  redeemed numeric(18, 4) not null,
  lapsed numeric(18, 4) not null
);
insert into program_points select lot_no, 'activity:' || activity_no, given, redeemed, lapsed from activity_points;

-- What benefits gave before, and what came back of it after its end: as if none of it had been used up, so that the next look reckons it anew.
with recursive version as (
  select starts_at, coalesce(lead(starts_at) over (order by starts_at), 'infinity') as until, row_number() over (order by starts_at) as place, (definition #>> '{points,worth}')::numeric as worth
    from programme_version where state = 'published'
), gift as (
  select a.lot_no, 'benefit:' || g.benefit_id as program, a.amount * v.worth as given
    from points_entry e join benefit_grant g on g.grant_no = case when e.command_key like 'benefit %' then split_part(e.command_key, ' ', 2)::bigint end
      join points_allocation a using (entry_no) join points_lot l using (lot_no)
      join version v on (v.place = 1 or v.starts_at <= l.earned_at) and l.earned_at < v.until
    where e.kind = 'earn'
), lot as (
  select lot_no, program, given, 0::numeric as redeemed from gift
  union all select l.lot_no, o.program, 0::numeric, -0.0001 from lot o join points_lot l on l.restores = o.lot_no
) insert into program_points select lot_no, program, given, redeemed, 0 from lot on conflict do nothing;
insert into program_points_cost select program, sum(given), sum(redeemed), sum(lapsed) from program_points group by program;
drop table activity_points, activity_cost;

-- The next look reckons all anew that is not used up.
update membership_cursor set name = 'points cost', position = jsonb_set(position, '{day}', '"0001-01-01"') where name = 'activity cost';
-- Where no activity ever gave any there was no look yet: what is recorded from now on is found by it.
insert into membership_cursor (name, position) select 'points cost', jsonb_build_object('from', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'day', '0001-01-01')
  where exists (select from program_points) on conflict do nothing;

-- How many points the gifts of a grant come to.
alter table benefit_grant add column points bigint not null default 0;
update benefit_grant set points = p.points from (
    select grant_no, sum((gift ->> 'amount')::bigint)::bigint as points from benefit_grant, jsonb_array_elements(gifts) as gift where gift ->> 'giver' = 'points' group by 1
  ) p where benefit_grant.grant_no = p.grant_no;
create index benefit_grant_points on benefit_grant (recorded_at) where points > 0;

-- What was used by people who are forgotten: it was spent all the same.
alter table benefit add column forgotten_cost numeric(18, 4) not null default 0;
