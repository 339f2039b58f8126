-- What an import changed of the profiles of people who were there before it: each part as it was and
-- as it became, one encrypted JSON object a person. It goes when the import is undone or the person erased.
create table profile_before_import (
  import_id integer not null,
  customer_no integer not null references customer (customer_no),
  steps bytea not null,
  primary key (import_id, customer_no)
);
create index profile_before_import_customer on profile_before_import (customer_no);
