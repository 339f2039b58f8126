import { readConfig } from '../src/platform/config.ts';
import { connect, type Connections } from '../src/platform/connect.ts';
import { createLog } from '../src/platform/log.ts';
import { createLedger } from '../src/domains/membership/ledger/ledger.ts';
import { redeemerCommand } from './redeemer-command.ts';

/** Run as a process of its own: earns, redeems and settles as fast as it can and says what was acknowledged, until it is killed. */
const connections = JSON.parse(process.argv[2]) as Connections;
const run = process.argv[3];
const { platform } = connect(readConfig({ PERENNIAL_DATA_DIR: connections.folders.facts }), connections, createLog('fatal'));
const ledger = createLedger(platform, async (_, customerNos) => new Map(customerNos.map((no) => [no, [no]])));
process.send?.('ready');
let made = 0;
await Promise.all(Array.from({ length: 16 }, async () => {
  for (;;) {
    const n = ++made;
    const command = redeemerCommand(run, n, Date.now());
    // What was refused is not acknowledged; neither is what was under way when the end came.
    await ledger.execute(command).then(() => process.send?.(n), () => undefined);
    if (n % 50 === 0) await ledger.settleDue();
  }
}));
