import { stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Check } from './check.ts';

const leastFreeBytes = 2 * 2 ** 30;
const leastFreeShare = 0.05;

/** Who may look into the data folder, and whether its disk has room. */
export async function checkFolder(dataDir: string): Promise<Check[]> {
  return [await checkRights(dataDir), await checkRoom(dataDir)];
}

/** Others may have no rights at all; the group may pass through, for the database of a server that root started. */
async function checkRights(dataDir: string): Promise<Check> {
  const open: string[] = [];
  for (const [path, most] of [[dataDir, 0o710], [join(dataDir, 'secret'), 0o600], [join(dataDir, 'run'), 0o700], [join(dataDir, 'facts'), 0o700]] as const) {
    const mode = (await stat(path).catch(() => null))?.mode ?? 0;
    if ((mode & 0o777 & ~most) !== 0) open.push(path);
  }
  return { ok: open.length === 0, key: open.length === 0 ? 'rights_ok' : 'rights_wrong', params: { paths: open.join(', ') } };
}

async function checkRoom(dataDir: string): Promise<Check> {
  const { bavail, blocks, bsize } = await statfs(dataDir);
  const free = bavail * bsize;
  const ok = free >= leastFreeBytes && free >= blocks * bsize * leastFreeShare;
  return { ok, key: ok ? 'room_ok' : 'room_wrong', params: { gigabytes: Math.floor(free / 1e9) } };
}
