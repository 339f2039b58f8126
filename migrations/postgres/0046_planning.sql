-- A plan of the department. Locked by whoever changes anything in it, so that its changes have one order.
create table plan (
  plan_no integer generated always as identity primary key,
  name text not null,
  starts_on date not null,
  years smallint not null check (years between 1 and 10),
  is_current boolean not null default false,
  change_no bigint not null default 0,
  created_at timestamptz not null,
  created_by text not null
);
create unique index plan_current on plan (is_current) where is_current;

-- What plans are made of; the shape of a body is its kind's, in the domain's contract.
create table plan_item (
  item_no integer generated always as identity primary key,
  plan_no integer not null references plan (plan_no),
  kind text not null,
  parent_no integer references plan_item (item_no),
  -- Its order among those under the same one.
  place double precision not null,
  body jsonb not null,
  version integer not null default 1,
  changed_at timestamptz not null,
  changed_by text not null,
  removed_at timestamptz
);
create index plan_item_plan on plan_item (plan_no, kind) where removed_at is null;
create index plan_item_parent on plan_item (parent_no) where removed_at is null;

-- Every change, with what was before: history, what others see at once, and undo.
create table plan_change (
  plan_no integer not null references plan (plan_no),
  change_no bigint not null,
  kind text not null check (kind in ('add', 'edit', 'move', 'remove', 'undo')),
  item_no integer not null references plan_item (item_no),
  -- The fields of the item's body that are others now.
  fields text[] not null,
  -- [{itemNo, before, after}]: only what is another, of {body, parentNo, place, isRemoved}.
  items jsonb not null,
  undoes bigint,
  at timestamptz not null,
  by_name text not null,
  primary key (plan_no, change_no)
);
create index plan_change_item on plan_change (item_no, change_no);
