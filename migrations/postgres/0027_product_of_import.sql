-- The import whose order lines alone speak of a product: it goes when they do.
alter table product add column import_id integer;
create index product_import on product (import_id) where import_id is not null;
