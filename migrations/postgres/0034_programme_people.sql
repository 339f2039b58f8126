-- Who edited, asked for and approved a version, as accounts: a second person is another account, whatever it is called.
alter table programme_version
  add column edited_by_id integer,
  add column published_by_id integer,
  add column approved_by_id integer,
  add column withdrawn_by text,
  add column withdrawn_at timestamptz,
  -- Why it was withdrawn, or why a second person refused it.
  add column reason text not null default '',
  add check (approved_by_id is distinct from published_by_id or approved_by_id is null),
  add check (approved_by_id is distinct from edited_by_id or approved_by_id is null),
  add check (state <> 'withdrawn' or withdrawn_at is not null);

-- What was promised stays as it was promised; a published version can only be withdrawn.
create function keep_published_programme() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or (new.definition, new.starts_at, new.published_at) is distinct from (old.definition, old.starts_at, old.published_at)
    or new.state not in ('published', 'withdrawn') then
    raise exception 'a published version of the programme does not change';
  end if;
  return new;
end $$;
create trigger keep_published_programme before update or delete on programme_version
  for each row when (old.state in ('published', 'withdrawn')) execute function keep_published_programme();
