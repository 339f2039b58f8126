import { openClickHouse, type ClickHouseAddress } from './client.ts';

/** Makes the address's database when it is missing. */
export async function createClickHouseDatabase(address: ClickHouseAddress): Promise<void> {
  const server = openClickHouse({ ...address, database: 'default' });
  try {
    await server.command('create database if not exists {name:Identifier}', { name: address.database });
  } finally {
    await server.close();
  }
}

/** An address from a URL such as `http://user:password@host:8123/perennial`. */
export function clickHouseAddress(url: string): ClickHouseAddress {
  const parsed = new URL(url);
  return {
    url: parsed.origin,
    username: decodeURIComponent(parsed.username) || 'default',
    password: decodeURIComponent(parsed.password),
    database: parsed.pathname.slice(1) || 'perennial',
  };
}
