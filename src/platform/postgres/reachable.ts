import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** True when a user may pass through a folder and every folder above it. */
export function reachableBy(path: string, { uid, gid }: { uid?: number; gid?: number }): boolean {
  for (let at = resolve(path); ; at = dirname(at)) {
    const stat = statSync(at, { throwIfNoEntry: false });
    if (stat) {
      const wanted = stat.uid === uid ? 0o100 : stat.gid === gid ? 0o010 : 0o001;
      if ((stat.mode & wanted) === 0) return false;
    }
    if (at === dirname(at)) return true;
  }
}
