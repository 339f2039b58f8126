-- How many milliseconds before its sale an order was placed, where that is told; a sale is when it was paid.
alter table order_line add column if not exists placed_before Int64 default 0 codec(T64, ZSTD(1));
