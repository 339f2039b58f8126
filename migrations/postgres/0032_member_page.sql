-- Links to a member's page say which epoch they were made in. Nothing is kept of a link; raising the number ends them all.
create table member_page_epoch (
  customer_no integer primary key,
  epoch integer not null check (epoch > 0),
  raised_at timestamptz not null
);
