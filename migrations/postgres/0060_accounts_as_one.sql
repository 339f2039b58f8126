-- Since when the account is one person's with others: what one of them owes the others pay from then on, and not out of what they had before.
alter table points_account add column one_since timestamptz;
