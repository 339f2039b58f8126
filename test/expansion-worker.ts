import { setTimeout as sleep } from 'node:timers/promises';
import { createAudiences } from '../src/domains/audiences/public.ts';
import { createCustomers } from '../src/domains/customers/public.ts';
import { readConfig } from '../src/platform/config.ts';
import { connect, type Connections } from '../src/platform/connect.ts';
import { createLog } from '../src/platform/log.ts';

/** Run as a process of its own: searches for people like those of audiences until it is killed. */
if (process.argv[2] === 'work') {
  const connections = await new Promise<Connections>((told) => process.once('message', (message) => told(message as Connections)));
  const { platform } = connect(readConfig({ PERENNIAL_DATA_DIR: process.argv[3] }), connections, createLog('fatal'));
  createAudiences(platform, createCustomers(platform));
  await platform.jobs.start(true);
  process.send?.('working');
  // Lives until the parent kills it, and not longer than a test.
  await sleep(240_000);
}
