import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClickHouseAddress } from '../platform/clickhouse/client.ts';

/** How commands on this machine find the running server and prove that they may speak to it. */
export interface LocalServer {
  url: string;
  token: string;
  pid: number;
  /** For someone with an operator's tools; what is in this file opens everything. */
  stores: { postgresUrl: string; clickhouse: ClickHouseAddress };
}

const fileOf = (dataDir: string): string => join(dataDir, 'run', 'server.json');

/** Leaves the address and the token in the data folder, readable by its owner only. */
export const announce = (dataDir: string, server: LocalServer): void =>
  writeFileSync(fileOf(dataDir), JSON.stringify(server), { mode: 0o600 });

export const withdraw = (dataDir: string): void => rmSync(fileOf(dataDir), { force: true });

/** The server running on a data folder, or null when none answers. */
export async function findServer(dataDir: string): Promise<LocalServer | null> {
  try {
    const server = JSON.parse(readFileSync(fileOf(dataDir), 'utf8')) as LocalServer;
    const reply = await fetch(`${server.url}/readyz`, { signal: AbortSignal.timeout(3_000) });
    return reply.ok ? server : null;
  } catch {
    return null;
  }
}
