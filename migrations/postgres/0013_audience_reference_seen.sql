-- Up to which version of what it refers to an audience has followed.
alter table audience_reference add column seen_version integer not null default 0;
