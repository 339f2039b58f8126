-- Whoever follows the ledger looks for what was recorded lately; entries lie in the order in which they were.
create index points_entry_recorded on points_entry using brin (recorded_at) with (autosummarize = on);
