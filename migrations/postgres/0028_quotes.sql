-- What a cart costs, as it was told: an order is held, paid and returned by it. Only what was agreed is kept; points move in the ledger.
create table quote (
  quote_id uuid primary key,
  customer_no integer,
  -- The answer as it was given, and what of it can come back.
  answer jsonb not null,
  agreed jsonb not null,
  placed_at timestamptz not null,
  made_at timestamptz not null,
  valid_until timestamptz not null,
  -- The shop's number of the order that was placed by it.
  order_key text unique,
  state text not null default 'quoted' check (state in ('quoted', 'held', 'committed', 'cancelled')),
  pay_until timestamptz,
  decided_at timestamptz,
  -- When the ledger had done what was decided.
  done_at timestamptz,
  check ((state = 'quoted') = (order_key is null)),
  check ((state = 'quoted') = (pay_until is null))
);
create index quote_customer on quote (customer_no);
create index quote_lapsed on quote (valid_until) where state = 'quoted';
create index quote_waiting on quote (decided_at) where state <> 'quoted' and done_at is null;

-- What came back of an order. The same key is the same return.
create table quote_return (
  return_no bigint generated always as identity primary key,
  quote_id uuid not null references quote on delete cascade,
  return_key text not null,
  input_hash bytea not null,
  -- {line: quantity}, exact decimals as text.
  quantities jsonb not null,
  money numeric(18, 4) not null check (money >= 0),
  points bigint not null check (points >= 0),
  recorded_at timestamptz not null,
  done_at timestamptz,
  unique (quote_id, return_key)
);
create index quote_return_waiting on quote_return (recorded_at) where done_at is null;
