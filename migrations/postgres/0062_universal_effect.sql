-- What those whom programs may reach did beside those whom none reaches: of each month, `2026-05`, and of all the time since people were
-- drawn, `all`. A month that has been over for some days does not change any more.
create table universal_effect (
  period text primary key,
  data_version bigint not null,
  computed_at timestamptz not null,
  is_final boolean not null,
  figures jsonb not null
);
