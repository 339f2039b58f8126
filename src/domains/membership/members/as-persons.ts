/**
 * Members as people, one row a person by the number they count under, to be put before a statement as its `with`: of merged people the row of the
 * highest tier with its clock, since they first became what they are (see `standingOf`); who left is somebody none of whose numbers still is one.
 * `$2` are the keys of tiers, ascending.
 */
export const asPersons = `with recursive way (customer_no, root) as (
    select customer_no, merged_into from customer where merged_into is not null and status = 1
    union all
    select w.customer_no, c.merged_into from way w join customer c on c.customer_no = w.root where c.merged_into is not null and c.status = 1
  ), part as materialized (
    select w.customer_no, w.root from way w join customer c on c.customer_no = w.root where c.merged_into is null
    union
    select w.root, w.root from way w join customer c on c.customer_no = w.root where c.merged_into is null
  ), merged as materialized (
    select distinct on (p.root) p.root as customer_no, min(m.joined_at) over own as joined_at, first_value(m.joined_by) over (own order by m.joined_at, m.customer_no) as joined_by,
        m.left_at, m.tier, m.tier_since, m.review_at, m.grace_until
      from part p join member m using (customer_no)
      window own as (partition by p.root, m.left_at is null)
      order by p.root, m.left_at nulls first, array_position($2::text[], m.tier) desc nulls last,
        greatest(coalesce(m.review_at, 'infinity'), m.grace_until) desc, m.customer_no
  ), person as (
    select customer_no, joined_at, joined_by, left_at, tier, tier_since, review_at, grace_until from member where customer_no not in (select customer_no from part)
    union all
    select customer_no, joined_at, joined_by, left_at, tier, tier_since, review_at, grace_until from merged
  )`;
