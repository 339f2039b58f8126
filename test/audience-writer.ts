import pg from 'pg';
import { Bitmap } from '../src/kernel/bitmap/bitmap.ts';
import { inTransaction } from '../src/platform/postgres/pool.ts';
import { readMembers, readStanding } from '../src/domains/audiences/stored/membership/read-membership.ts';
import { writeMembers } from '../src/domains/audiences/stored/membership/write-membership.ts';

/** Who is in version `versionNo` of an audience that the writer changes: a window that moves, with a rim that comes and goes. */
export const membersOf = (versionNo: number): Bitmap =>
  Bitmap.range(versionNo * 700 + 1, versionNo * 700 + 60_000).or(Bitmap.of(Array.from({ length: 50 }, (_, i) => 1_000_000 + ((versionNo * 31 + i) % 97))));

/** Told to the parent after each commit. */
export interface Written {
  audienceId: number;
  versionNo: number;
}

/** Run as a process of its own: makes version after version of two audiences until it is killed. */
if (process.argv[2] === 'write') {
  const pool = new pg.Pool({ connectionString: process.argv[3], max: 4 });
  const write = async (audienceId: number): Promise<void> => {
    for (;;) {
      const standing = await readStanding(pool, audienceId);
      if (!standing) throw new Error('no such audience');
      const versionNo = standing.versionNo + 1;
      const before = await readMembers(pool, audienceId, standing.versionNo);
      await inTransaction(pool, (client) => writeMembers(client, { standing, before, after: membersOf(versionNo), at: new Date(), isWhole: true }));
      process.send?.({ audienceId, versionNo } satisfies Written);
    }
  };
  await Promise.all(process.argv.slice(4).map((id) => write(Number(id))));
}
