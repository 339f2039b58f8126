import { readConfig } from '../src/platform/config.ts';
import { connect, type Connections } from '../src/platform/connect.ts';
import { createLog } from '../src/platform/log.ts';
import { createSay } from '../src/platform/i18n.ts';
import { createActivities } from '../src/domains/membership/activities/activities.ts';
import { createLedger } from '../src/domains/membership/ledger/ledger.ts';
import { createMall } from '../src/domains/membership/mall/mall.ts';
import { createMembers } from '../src/domains/membership/members/members.ts';
import { noBudget } from '../src/domains/membership/part.ts';
import { createProgramme } from '../src/domains/membership/programme/programme.ts';
import { createInsightsOn } from './insights-server.ts';
import { played } from './played.ts';

/** Run as a process of its own: draws and signs in as fast as it can and says what was acknowledged, until it is killed. */
const connections = JSON.parse(process.argv[2]) as Connections;
const run = process.argv[3];
const { platform } = connect(readConfig({ PERENNIAL_DATA_DIR: connections.folders.facts }), connections, createLog('fatal'));
const ledger = createLedger(platform, async (_, customerNos) => new Map(customerNos.map((no) => [no, [no]])));
const programme = createProgramme(platform);
const doors = { platform, ledger, programme, members: createMembers(platform, programme), budget: noBudget, say: createSay(), ...createInsightsOn(platform) };
const activities = createActivities(doors, createMall(doors));
process.send?.('ready');
let made = 0;
await Promise.all(Array.from({ length: 16 }, async () => {
  for (;;) {
    const n = ++made;
    // What was refused is not acknowledged; neither is what was under way when the end came.
    await activities.takePart(played(run, n)).then(() => process.send?.(n), () => undefined);
  }
}));
