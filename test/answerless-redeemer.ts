import { readConfig } from '../src/platform/config.ts';
import { connect, type Connections } from '../src/platform/connect.ts';
import { createLog } from '../src/platform/log.ts';
import { createLedger } from '../src/domains/membership/ledger/ledger.ts';
import { redeemerCommand } from './redeemer-command.ts';

/** Run as a process of its own: carries out commands, and is killed between the moment they are on disk and that at which anybody is answered. */
const connections = JSON.parse(process.argv[2]) as Connections;
const [run, count, now] = [process.argv[3], Number(process.argv[4]), Number(process.argv[5])];
const { platform } = connect(readConfig({ PERENNIAL_DATA_DIR: connections.folders.facts }), connections, createLog('fatal'));
const ledger = createLedger(platform, async (_, customerNos) => new Map(customerNos.map((no) => [no, [no]])));
await Promise.allSettled(Array.from({ length: count }, (_, n) => ledger.execute(redeemerCommand(run, n, now))));
process.kill(process.pid, 'SIGKILL');
