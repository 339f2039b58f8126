import { makeDue } from '../src/domains/planning/reports/make.ts';
import { takeUpDue } from '../src/domains/planning/reports/take-up.ts';
import { readConfig } from '../src/platform/config.ts';
import { connect, type Connections } from '../src/platform/connect.ts';
import { createLog } from '../src/platform/log.ts';
import { planDoorsOn } from './plan-doors.ts';

/** Run as a process of its own: writes and sends reports that are due, and tells how many copies have been noted, until it is killed. */
process.on('disconnect', () => process.exit());
const connections = JSON.parse(process.argv[2]) as Connections;
const { platform } = connect(readConfig({ PERENNIAL_DATA_DIR: connections.folders.facts }), connections, createLog('fatal'));
platform.clock.now = () => new Date(process.argv[3]);
const doors = planDoorsOn(platform);
process.send?.('ready');
const counting = setInterval(() => void platform.pg.query<{ n: number }>('select count(*)::int as n from plan_mail').then(({ rows: [{ n }] }) => n > 0 && process.send?.(n), () => undefined), 5);
for (;;) {
  await takeUpDue(doors);
  await makeDue(doors);
}
clearInterval(counting);
