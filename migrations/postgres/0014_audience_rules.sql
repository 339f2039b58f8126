-- What the rule of an audience was, from when on, who made it so and what came of it. The newest is the one in `audience`.
create table audience_rule (
  audience_id integer not null references audience (audience_id) on delete cascade,
  rule_version integer not null,
  rule jsonb not null,
  made_at timestamptz not null,
  made_by text not null,
  -- Its people at that moment, and who came and left by it; null where nobody counted.
  size integer,
  entered integer,
  "left" integer,
  primary key (audience_id, rule_version)
);

-- Of audiences made before: their rule of today, by the one whose audience it is.
insert into audience_rule (audience_id, rule_version, rule, made_at, made_by)
  select audience_id, rule_version, rule, case when rule_version = 1 then created_at else updated_at end, owner from audience;
