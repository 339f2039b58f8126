-- Who asked for a change, whatever they are called, so that the second person is another one; and what the second said.
alter table budget_change alter column asked_id type text;
alter table budget_change rename column asked_id to asked_actor;
alter table budget_change add column decided_note text not null default '';

-- A workbook and a person both mean the open line of a name.
create unique index budget_line_name on budget_line (plan_no, name) where closed_at is null;

-- The budget as it was each time changes were approved: caps of all lines.
create table budget_version (
  plan_no integer not null references plan (plan_no),
  version_no integer not null,
  -- [{lineNo, name, cap, overCap}]
  lines jsonb not null,
  -- Numbers of the changes that made it.
  change_nos integer[] not null,
  approved_at timestamptz not null,
  approved_by text not null,
  primary key (plan_no, version_no)
);

-- An invoice as somebody typed it in: what was spent of a line.
create table budget_invoice (
  invoice_no integer generated always as identity primary key,
  entry_no bigint not null unique references budget_entry (entry_no),
  supplier text not null,
  number text not null,
  invoiced_on date not null,
  note text not null,
  unique (supplier, number)
);
