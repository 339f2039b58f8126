-- When an experiment's arms were given other shares, and why. Who was where before follows from the place at which each person was drawn.
create table experiment_change (
  experiment_no integer not null references experiment (experiment_no) on delete cascade,
  at timestamptz not null,
  -- As `experiment.arms`, until then and from then on.
  before jsonb not null,
  after jsonb not null,
  reason text not null,
  by text not null,
  primary key (experiment_no, at)
);
