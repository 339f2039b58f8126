-- Somebody is said to want messages, and has to say so themselves by a link before it counts.
create table opt_in_request (
  request_no integer generated always as identity primary key,
  customer_no integer not null references customer (customer_no),
  channel text not null,
  source text not null,
  text_version text not null,
  asked_at timestamptz not null,
  asked_by text not null,
  expires_at timestamptz not null,
  confirmed_at timestamptz
);
create index opt_in_request_customer on opt_in_request (customer_no);
