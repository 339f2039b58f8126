-- The lines of the budget that were full when that stopped it; null where somebody stopped it.
alter table benefit add column full_lines text[] check (full_lines is null or stopped_at is not null);
