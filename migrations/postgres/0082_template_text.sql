-- Up to which item a plan was filled by a template: what nobody changed since is not the team's own yet.
alter table plan add column filled_until integer;
