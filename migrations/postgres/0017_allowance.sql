-- How often a person did what should be seldom, since the beginning of their present day of 24 hours.
create table allowance (
  -- `staff:3`; whatever their tokens do counts as theirs. `token:7` for a token without an owner.
  person text not null,
  what text not null,
  began_at timestamptz not null,
  used integer not null,
  primary key (person, what)
);
