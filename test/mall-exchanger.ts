import { readConfig } from '../src/platform/config.ts';
import { connect, type Connections } from '../src/platform/connect.ts';
import { createLog } from '../src/platform/log.ts';
import { systemActor } from '../src/kernel/actor.ts';
import { createLedger } from '../src/domains/membership/ledger/ledger.ts';
import { createMall } from '../src/domains/membership/mall/mall.ts';
import { createMembers } from '../src/domains/membership/members/members.ts';
import { createProgramme } from '../src/domains/membership/programme/programme.ts';
import { exchangeWanted } from './exchange-wanted.ts';

/** Run as a process of its own: exchanges as fast as it can and says what was acknowledged, until it is killed. */
const connections = JSON.parse(process.argv[2]) as Connections;
const run = process.argv[3];
const { platform } = connect(readConfig({ PERENNIAL_DATA_DIR: connections.folders.facts }), connections, createLog('fatal'));
const ledger = createLedger(platform, async (_, customerNos) => new Map(customerNos.map((no) => [no, [no]])));
const programme = createProgramme(platform);
const mall = createMall({ platform, ledger, members: createMembers(platform, programme), programme });
process.send?.('ready');
let made = 0;
await Promise.all(Array.from({ length: 16 }, async () => {
  for (;;) {
    const n = ++made;
    // What was refused is not acknowledged; neither is what was under way when the end came.
    await mall.exchange(exchangeWanted(run, n), systemActor).then(() => process.send?.(n), () => undefined);
  }
}));
