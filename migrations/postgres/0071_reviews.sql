-- What a project came to each time it was closed: figures as they were then. Its review is an item of the plan.
create table plan_closing (
  closing_no integer generated always as identity primary key,
  project_no integer not null references plan_item (item_no),
  state text not null check (state in ('done', 'dropped')),
  figures jsonb not null,
  at timestamptz not null,
  by_name text not null
);
create index plan_closing_project on plan_closing (project_no, closing_no);

-- Reviews of all plans are searched together.
create index plan_item_review on plan_item (item_no) where kind = 'review' and removed_at is null;
