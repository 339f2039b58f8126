-- Live audiences are derived from conditions that the worker keeps in memory, together with up to where it has seen what happened.
alter table audience_reference drop column seen_version;
alter table audience_progress drop column applied_before, drop column copy_version, drop column whole_version, drop column minute;
