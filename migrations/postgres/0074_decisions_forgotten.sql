-- Months whose decisions and messages were taken off as the rules say: of their runs what was counted last is what there is.
create table send_month_forgotten (
  month date primary key,
  forgotten_at timestamptz not null
);
-- Rules say from now on for how long; those that were set before are complete too.
update gate_rules set rules = rules || '{"keptMonths": 24}' where not rules ? 'keptMonths';

-- Months all of which is before a moment, and whose runs were over by then.
create function send_months_over(before timestamptz) returns setof date language sql stable as $$
  select month from (select to_date(right(inhrelid::regclass::text, 6), 'YYYYMM') as month from pg_inherits where inhparent = 'send_decision'::regclass) as m
    where month + interval '1 month' <= before
      and not exists (select from send_run where occasion_on >= month and occasion_on < month + interval '1 month' and (finished_at is null or finished_at >= before))
$$;

-- Takes a month's decisions and messages off; whether it did. From the lock on nobody tells of its messages: a run that something was told
-- of since it was counted keeps the month until it is counted again.
create function forget_send_month(month date, before timestamptz, now timestamptz) returns boolean language plpgsql as $$
begin
  lock table send_decision, send_delivery in access exclusive mode;
  if month not in (select send_months_over(before)) or exists (
    select from send_run r where occasion_on >= month and occasion_on < month + interval '1 month'
      and (exists (select from send_run_changed c where c.run_no = r.run_no) or not exists (select from send_run_summary s where s.run_no = r.run_no))
  ) then
    return false;
  end if;
  execute format('drop table send_decision_%s', to_char(month, 'YYYYMM'));
  execute format('drop table if exists send_delivery_%s', to_char(month, 'YYYYMM'));
  insert into send_month_forgotten values (month, now) on conflict do nothing;
  return true;
end $$;
