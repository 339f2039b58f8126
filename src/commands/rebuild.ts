import { setTimeout as sleep } from 'node:timers/promises';
import { readFacts, startRebuild } from '../domains/collect/facts-desk/contract.ts';
import type { Config } from '../platform/config.ts';
import { call } from './server/call.ts';
import { withServer } from './server/with-server.ts';
import { ToldFailure } from './terminal/failure.ts';
import { createProgressLine } from './terminal/progress-line.ts';

const lookMs = 300;

/** Makes ClickHouse anew from the fact log and says how many rows it has then. */
export async function rebuildCommand(config: Config): Promise<void> {
  await withServer(config, async (server, speech) => {
    const line = createProgressLine();
    const { askedAt } = await call(server, startRebuild);
    for (;;) {
      const facts = await call(server, readFacts);
      const run = facts.rebuild;
      if (run?.askedAt === askedAt && run.state === 'done' && facts.found) {
        line.end();
        console.log(speech.say('rebuilt', { events: speech.number(facts.found.event), lines: speech.number(facts.found.order_line) }));
        return;
      }
      if (run?.state === 'failed') throw new ToldFailure(speech.say('rebuild_failed'));
      line.show(run && run.total > 0 ? run.done / run.total : null, speech.say('rebuilding', { done: speech.number(run?.done ?? 0) }));
      await sleep(lookMs);
    }
  });
}
