-- Numbers of entries and lots, taken by each process ten thousand at a time.
create sequence points_no increment 10000;

-- Who has points: a row to lock. All numbers of a person that was merged keep their own account.
create table points_account (
  customer_no integer primary key,
  -- When time alone changes something next: points become available that pay a debt, end, or a hold lets go.
  due_at timestamptz
);
create index points_account_due on points_account (due_at) where due_at is not null;

-- The ledger: only ever added to. The sum of an account's entries is what its lots hold and what is held, less what is owed.
create table points_entry (
  entry_no bigint primary key,
  customer_no integer not null references points_account,
  kind text not null check (kind in ('earn', 'spend', 'expire', 'take_back', 'give_back', 'net')),
  amount bigint not null,
  -- Of a taking back: what it did not get and nobody owes.
  shortfall bigint not null default 0 check (shortfall >= 0),
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  command_key text,
  reverses bigint references points_entry,
  derivation jsonb not null
);
create index points_entry_account on points_entry (customer_no, entry_no);
create index points_entry_command on points_entry (command_key) where command_key is not null;
create index points_entry_reverses on points_entry (reverses) where reverses is not null;

create table points_lot (
  lot_no bigint primary key,
  customer_no integer not null references points_account,
  amount bigint not null check (amount > 0),
  remaining bigint not null check (remaining between 0 and amount),
  earned_at timestamptz not null,
  available_at timestamptz not null,
  expires_at timestamptz,
  restores bigint references points_lot
);
create index points_lot_open on points_lot (customer_no) where remaining > 0;

-- What each entry took from which lot, or put into it, in its order.
create table points_allocation (
  allocation_no bigint generated always as identity primary key,
  entry_no bigint not null references points_entry,
  lot_no bigint not null references points_lot,
  amount bigint not null check (amount > 0)
);
create index points_allocation_entry on points_allocation (entry_no);
create index points_allocation_lot on points_allocation (lot_no);

create table points_hold (
  hold_key text not null,
  customer_no integer not null references points_account,
  state text not null check (state in ('open', 'committed', 'released', 'expired')),
  held_at timestamptz not null,
  expires_at timestamptz not null,
  -- [{lotNo, amount}]
  parts jsonb not null,
  primary key (hold_key, customer_no)
);
create index points_hold_open on points_hold (customer_no) where state = 'open';

create table points_debt (
  entry_no bigint primary key references points_entry,
  customer_no integer not null references points_account,
  amount bigint not null check (amount > 0),
  remaining bigint not null check (remaining between 0 and amount),
  forgiven bigint not null check (forgiven between 0 and amount)
);
create index points_debt_open on points_debt (customer_no) where remaining > 0;

-- Every command that was carried out, for ever: the same again answers the same, another one under its key is refused.
create table points_command (
  command_key text primary key,
  customer_no integer not null,
  input_hash bytea not null,
  outcome jsonb not null,
  recorded_at timestamptz not null
);
