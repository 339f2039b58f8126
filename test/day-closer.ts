import { setTimeout as sleep } from 'node:timers/promises';
import { createDayBoundary } from '../src/domains/membership/boundary/boundary.ts';
import { stepsOf } from '../src/domains/membership/boundary/steps.ts';
import { createLedger } from '../src/domains/membership/ledger/ledger.ts';
import { createMall } from '../src/domains/membership/mall/mall.ts';
import { createMembers } from '../src/domains/membership/members/members.ts';
import { createProgramme } from '../src/domains/membership/programme/programme.ts';
import { createTierKeeper } from '../src/domains/membership/tiers/keep/keeper.ts';
import { createVersionStart } from '../src/domains/membership/tiers/keep/version-start.ts';
import { lineagesOf } from '../src/domains/customers/public.ts';
import { connect, type Connections } from '../src/platform/connect.ts';
import { readConfig } from '../src/platform/config.ts';
import { createLog } from '../src/platform/log.ts';
import type { Platform } from '../src/platform/platform.ts';

/** The boundary with everything it stands on. */
export function dayBoundaryOn(platform: Platform) {
  const programme = createProgramme(platform);
  const ledger = createLedger(platform, lineagesOf);
  const mall = createMall({ platform, ledger, programme, members: createMembers(platform, programme) });
  return createDayBoundary(
    platform,
    stepsOf(ledger, createTierKeeper(platform, programme), createVersionStart(platform, programme), mall.autoRedeem),
  );
}

/** Run as a process of its own: closes days until they are closed, also by another process that is at it, or until it is killed. */
if (process.argv[2]?.startsWith('{')) {
  const connections = JSON.parse(process.argv[2]) as Connections;
  const { platform } = connect(
    readConfig({ PERENNIAL_DATA_DIR: connections.folders.facts }),
    connections,
    createLog('fatal'),
  );
  platform.clock.now = () => new Date(process.argv[3]);
  process.send?.('ready');
  const isOpen = async (): Promise<boolean> => (await platform.pg.query("select from day_boundary where day = $1 and ended_at is null union all select where not exists (select from day_boundary where day = $1)", [process.argv[3].slice(0, 10)])).rowCount !== 0;
  while (await isOpen()) {
    await dayBoundaryOn(platform).run();
    await sleep(20);
  }
  process.exit();
}
