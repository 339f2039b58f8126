-- Whom each run held back on a day, by why: counted in the background, a page never counts decisions.
create table gate_held_day (
  day date not null,
  run_no integer not null,
  verdict smallint not null,
  reason smallint not null,
  people integer not null,
  primary key (day, run_no, verdict, reason)
);
-- How far days were counted, and when; a day that is over is counted once more.
create table gate_counted_day (
  day date primary key,
  counted_at timestamptz not null
);
-- Decisions of a day lie together: a few bytes for each of the table's many pages.
create index send_decision_decided on send_decision using brin (decided_at);
create index send_claim_at on send_claim using brin (at);
create index send_suppression_added on send_suppression (added_at desc, suppression_no desc);
