import { setTimeout as sleep } from 'node:timers/promises';
import { readDemo, startDemo } from '../domains/collect/demo-brand/contract.ts';
import type { Config } from '../platform/config.ts';
import { call } from './server/call.ts';
import { withServer } from './server/with-server.ts';
import { createProgressLine } from './terminal/progress-line.ts';

const lookMs = 200;

/** Fills an empty deployment with the demonstration brand, or goes on with a load that was cut off. */
export async function demoCommand(config: Config): Promise<void> {
  await withServer(config, async (server, speech) => {
    const line = createProgressLine();
    for (let demo = await call(server, startDemo); demo.state !== 'done'; demo = await call(server, readDemo)) {
      line.show(demo.customers === 0 ? null : demo.loaded / demo.customers, speech.say('demo', { loaded: speech.number(demo.loaded) }));
      await sleep(lookMs);
    }
    line.end();
    console.log(speech.say('demo_done'));
  });
}
