-- Where a fixed audience comes from that no rule made: of which audience it is an expansion, when and how good.
alter table audience add column origin jsonb;

-- Searches for people who are like those of an audience. One of an audience at most waits or runs; the newest that is done is kept.
create table audience_expansion (
  expansion_id integer generated always as identity primary key,
  audience_id integer not null references audience (audience_id) on delete cascade,
  state text not null check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  -- Families and keys of features that are not learnt from.
  left_out text[] not null,
  -- The moment it is computed for, however often it is begun again.
  as_of timestamptz not null,
  asked_by text not null,
  progress jsonb,
  cancel_requested boolean not null default false,
  -- Why it failed: {code, params} of a Problem.
  failure jsonb,
  result jsonb,
  -- How many people have which score: 65,536 whole numbers of 32 bits, the lowest score first.
  levels bytea,
  finished_at timestamptz
);
create unique index audience_expansion_under_way on audience_expansion (audience_id) where state in ('waiting', 'running');
create index audience_expansion_audience on audience_expansion (audience_id, expansion_id);

-- The people that are most like the members, in their order: 65,536 numbers of 32 bits in each piece, 0 for who was erased.
create table audience_expansion_piece (
  expansion_id integer not null references audience_expansion (expansion_id) on delete cascade,
  piece integer not null,
  numbers bytea not null,
  primary key (expansion_id, piece)
);
alter table audience_expansion_piece alter column numbers set storage external;
