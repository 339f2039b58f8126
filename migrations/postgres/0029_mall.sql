-- What points can be exchanged for. What was taken never exceeds what there is: orders take in the statement that makes them.
create table mall_item (
  item_no integer generated always as identity primary key,
  definition jsonb not null,
  state text not null default 'draft' check (state in ('draft', 'listed', 'unlisted')),
  -- How many there are in all; null without a limit.
  stock bigint check (stock >= 0),
  taken bigint not null default 0 check (taken >= 0),
  -- Raised by each change: an edit names the version it was made on.
  version integer not null default 1,
  edited_by text not null,
  edited_at timestamptz not null,
  check (stock is null or taken <= stock)
);

-- An exchange, from the moment something is put aside until it is given, or everything went back.
create table mall_order (
  order_no bigint generated always as identity primary key,
  item_no integer not null references mall_item,
  customer_no integer not null,
  -- The same key is the same exchange, for ever.
  command_key text not null unique,
  input_hash bytea not null,
  state text not null check (state in ('opened', 'reserved', 'paying', 'confirmed', 'fulfilled', 'closing', 'cancelled', 'reversing', 'reversed')),
  -- As they were when it was opened.
  points bigint not null check (points >= 0),
  money numeric(18, 4) not null check (money >= 0),
  delivery jsonb not null,
  -- The activity that gave it, where one did.
  activity_no integer,
  opened_at timestamptz not null,
  opened_day date not null,
  opened_by text not null,
  -- Until when money is waited for.
  expires_at timestamptz not null,
  ended_at timestamptz,
  -- What its payment is known by elsewhere.
  document text not null default '',
  -- Sealed: worth as much as what it is exchanged for.
  code bytea,
  note text not null default '',
  reason text not null default '',
  returns_stock boolean not null default true,
  -- [{state, at, by}]
  steps jsonb not null,
  -- Who works on it: raised when somebody else takes it over, so that the one before changes nothing any more.
  attempt integer not null default 1,
  taken_at timestamptz not null
);
create index mall_order_item on mall_order (item_no, customer_no);
create index mall_order_customer on mall_order (customer_no, order_no);
create index mall_order_due on mall_order (expires_at) where state = 'reserved';
create index mall_order_under_way on mall_order (taken_at) where state in ('opened', 'paying', 'closing', 'reversing') or (state = 'confirmed' and delivery ->> 'kind' <> 'shipment');

-- Codes that somebody else made, each given once.
create table mall_code (
  code_no bigint generated always as identity primary key,
  item_no integer not null references mall_item,
  sealed bytea not null,
  -- Of the code, with a key: the same code is not taken in twice.
  code_hash bytea not null,
  order_no bigint unique references mall_order,
  unique (item_no, code_hash)
);
create index mall_code_free on mall_code (item_no, code_no) where order_no is null;
