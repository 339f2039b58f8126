-- Whose account or token a change of a plan was made with (`staff 3`): names are not one person's alone. Null for what was changed before this was kept.
alter table plan_change add column by_actor text;
