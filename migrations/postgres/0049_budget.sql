-- A line of the budget: how much may go where. Its totals are the sums of its claims and are only changed together with them.
create table budget_line (
  line_no integer generated always as identity primary key,
  plan_no integer not null references plan (plan_no),
  name text not null,
  -- Where the money goes: a way of spending, a purpose, a stage, a lane of the core business, a cost centre; empty where it says nothing.
  channel text not null default '',
  purpose text not null default '',
  stage text not null default '',
  lane text not null default '',
  cost_centre text not null default '',
  -- First days of the first and the last month.
  from_month date not null,
  until_month date not null,
  cap numeric(18, 4) not null check (cap >= 0),
  -- What happens when it is used up: nothing more is let through, or it is and is said, or it is.
  over_cap text not null check (over_cap in ('stop', 'warn', 'ignore')),
  reserved numeric(18, 4) not null default 0 check (reserved >= 0),
  committed numeric(18, 4) not null default 0 check (committed >= 0),
  spent numeric(18, 4) not null default 0,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  closed_at timestamptz,
  check (from_month <= until_month),
  -- The last guard: a line that stops never holds more than its cap, whoever writes.
  check (over_cap <> 'stop' or reserved + committed + spent <= cap)
);
create index budget_line_plan on budget_line (plan_no, line_no);

-- What a program holds of a line.
create table budget_claim (
  line_no integer not null references budget_line (line_no),
  program text not null,
  reserved numeric(18, 4) not null check (reserved >= 0),
  committed numeric(18, 4) not null check (committed >= 0),
  spent numeric(18, 4) not null,
  primary key (line_no, program)
);

-- Everything that was done to a line, once a key.
create table budget_entry (
  entry_no bigint generated always as identity primary key,
  line_no integer not null references budget_line (line_no),
  program text not null,
  key text not null unique,
  kind text not null check (kind in ('reserve', 'commit', 'spend', 'release')),
  amount numeric(18, 4) not null,
  -- What it changed of the line: reserved, committed, spent.
  reserved numeric(18, 4) not null,
  committed numeric(18, 4) not null,
  spent numeric(18, 4) not null,
  -- It went through although the line was used up.
  is_over boolean not null,
  at timestamptz not null,
  by_name text not null
);
create index budget_entry_line on budget_entry (line_no, entry_no desc);
create index budget_entry_program on budget_entry (program, entry_no desc);

-- A change of a line's cap, or of what happens when it is used up: asked for by one, approved by another.
create table budget_change (
  change_no integer generated always as identity primary key,
  line_no integer not null references budget_line (line_no),
  cap numeric(18, 4) not null check (cap >= 0),
  over_cap text not null check (over_cap in ('stop', 'warn', 'ignore')),
  reason text not null,
  asked_at timestamptz not null,
  asked_by text not null,
  asked_id integer not null,
  state text not null check (state in ('open', 'approved', 'refused')),
  decided_at timestamptz,
  decided_by text
);
create unique index budget_change_open on budget_change (line_no) where state = 'open';
