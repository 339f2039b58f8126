-- How long a tag lasts once it is given: so many days, of which the day it is given is the first, or until a day is over.
alter table tag
  add column valid_days integer check (valid_days between 1 and 36500),
  add column valid_until date,
  -- Who has it is computed and kept elsewhere: it is neither given nor taken by hand.
  add column is_computed boolean not null default false;
alter table customer_tag add column lapses_at timestamptz;
create index customer_tag_lapse on customer_tag (lapses_at) where lapses_at is not null;
-- Whether anybody has a tag, and when it was given last.
drop index customer_tag_tag;
create index customer_tag_tag on customer_tag (tag_id, added_at);

alter table customer_change drop constraint customer_change_kind_check;
alter table customer_change add constraint customer_change_kind_check
  check (kind in ('edit', 'tag_added', 'tag_removed', 'tag_lapsed', 'identifier_added', 'identifier_removed'));
-- The history of a tag.
create index customer_change_tag on customer_change (((details ->> 'tagId')::int), at) where kind in ('tag_added', 'tag_removed', 'tag_lapsed');
