-- What people complain about is kept where it is dealt with; here stands that somebody does, under which number, and until when.
create table complaint (
  complaint_no bigint generated always as identity primary key,
  customer_no integer not null,
  reference text not null default '',
  opened_at timestamptz not null,
  opened_by text not null,
  settled_at timestamptz,
  settled_by text,
  check ((settled_at is null) = (settled_by is null))
);
create unique index complaint_reference on complaint (reference) where reference <> '';
create index complaint_customer on complaint (customer_no, complaint_no);
create index complaint_open on complaint (customer_no) where settled_at is null;
