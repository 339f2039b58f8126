-- Drops a month's places under caps where all of its runs are over and none of them went after `before`; whether it did.
create function drop_claims_of(month date, before timestamptz) returns boolean language plpgsql as $$
declare
  until date := month + interval '1 month';
begin
  if exists (select from send_run where occasion_on >= month and occasion_on < until and finished_at is null)
    or exists (select from send_claim where occasion_on >= month and occasion_on < until and at >= before) then
    return false;
  end if;
  execute format('drop table if exists send_claim_%s', to_char(month, 'YYYYMM'));
  return true;
end $$;
