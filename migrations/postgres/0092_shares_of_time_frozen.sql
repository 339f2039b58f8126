-- The parts of their time that somebody gave to the position of a card when it was frozen, [{sharePercent, from, to}]: where they had two positions at once, both scores are weighed by them.
alter table kpi_freeze add column shares jsonb;
