import { fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { membersOf, type Written } from '../../../../../test/audience-writer.ts';
import { createTestPlatform, type TestPlatform } from '../../../../../test/harness.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { everybody } from '../../contract/rule.ts';
import { insertAudience } from '../keeping/store.ts';
import { readMembers } from './read-membership.ts';

let test: TestPlatform;
beforeAll(async () => {
  test = await createTestPlatform();
});
afterAll(() => test.close());

const program = join(import.meta.dirname, '..', '..', '..', '..', '..', 'test', 'audience-writer.ts');

/** Kills the writer in the middle of its work; answers with the last version it told of by audience. */
async function writeAndKill(url: string, audienceIds: number[], afterMs: number): Promise<Map<number, number>> {
  const told = new Map<number, number>();
  const child = fork(program, ['write', url, ...audienceIds.map(String)], { execArgv: ['--disable-warning=ExperimentalWarning'] });
  const exited = new Promise((done) => child.once('exit', done));
  const begun = new Promise<void>((done) => child.on('message', (message) => {
    const { audienceId, versionNo } = message as Written;
    told.set(audienceId, versionNo);
    // On a slow disk one of them may have several versions before another has any.
    if (told.size === audienceIds.length) done();
  }));
  await begun;
  await sleep(afterMs);
  child.kill('SIGKILL');
  await exited;
  return told;
}

it('leaves each audience at its old or its new version when the writer is killed, never between, and the past as it was', async () => {
  const { pg: pool } = test.platform;
  const make = (name: string) => inTransaction(pool, (client) => insertAudience(client, { name, reason: '', kind: 'live', rule: everybody, owner: 'test' }, new Date()));
  const audienceIds = [await make('first'), await make('second')];
  for (let turn = 0; turn < 6; turn++) {
    const told = await writeAndKill(test.connections.postgresUrl, audienceIds, 40 + 37 * turn);
    for (const audienceId of audienceIds) {
      const { rows: [now] } = await pool.query<{ version_no: number; size: number; newest: number; versions: number }>(
        `select version_no, size, (select max(version_no) from audience_version v where v.audience_id = a.audience_id) as newest,
            (select count(*)::int from audience_version v where v.audience_id = a.audience_id) as versions
          from audience a where audience_id = $1`, [audienceId]);
      expect([now.version_no - (told.get(audienceId) ?? now.version_no)]).toEqual([expect.toBeOneOf([0, 1])]);
      expect([now.newest, now.versions, now.size]).toEqual([now.version_no, now.version_no, membersOf(now.version_no).size]);
      for (const versionNo of [now.version_no, Math.ceil(now.version_no / 2), 1]) {
        expect((await readMembers(pool, audienceId, versionNo)).equals(membersOf(versionNo))).toBe(true);
      }
    }
  }
});
