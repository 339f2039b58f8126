import { lineagesOf } from '../src/domains/customers/public.ts';
import { createRound } from '../src/domains/membership/earning/round/round.ts';
import { createLedger } from '../src/domains/membership/ledger/ledger.ts';
import { createMembers } from '../src/domains/membership/members/members.ts';
import { createProgramme } from '../src/domains/membership/programme/programme.ts';
import { readConfig } from '../src/platform/config.ts';
import { connect, type Connections } from '../src/platform/connect.ts';
import { createLog } from '../src/platform/log.ts';

/** Run as a process of its own: follows what was bought until it is killed. */
const connections = JSON.parse(process.argv[2]) as Connections;
const { platform } = connect(
  readConfig({ PERENNIAL_DATA_DIR: connections.folders.facts }),
  connections,
  createLog('fatal'),
);
const programme = createProgramme(platform);
const round = createRound({
  platform,
  programme,
  members: createMembers(platform, programme),
  ledger: createLedger(platform, lineagesOf),
});
for (;;) while (await round());
