-- Devices and browsers that may be notified, by what an app or a site told: of whom, for which app, and where. Sealed.
create table channel_address (
  hash uuid not null,
  -- The app that the address is valid in: `apns:com.brand.shop`.
  address_space text not null,
  channel text not null check (channel in ('app_push', 'web_push')),
  -- As it was told; whom it counts for follows from merges.
  customer_no integer not null,
  sealed bytea not null,
  seen_at timestamptz not null,
  -- A device is one person's: who signs in on it last.
  primary key (hash, address_space)
);
create index channel_address_customer on channel_address (customer_no);
