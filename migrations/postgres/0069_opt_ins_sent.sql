-- Where the program asks for the confirmation itself: whom it goes to (the keyed hash of an address), in which language, and what became of it.
alter table opt_in_request
  add column locale text,
  add column address uuid,
  -- handing: whose answer is not known yet; handed, refused, unknown: the end.
  add column send_state text check (send_state in ('queued', 'handing', 'handed', 'refused', 'unknown')),
  add column not_before timestamptz,
  add column attempts smallint not null default 0,
  add column sent_at timestamptz,
  add column account_no integer,
  -- A code of the provider, never its words.
  add column answer text;
create index opt_in_request_address on opt_in_request (address, asked_at) where address is not null;
create index opt_in_request_waiting on opt_in_request (not_before) where send_state in ('queued', 'handing');
