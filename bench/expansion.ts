import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAudiences } from '../src/domains/audiences/public.ts';
import { createCustomers } from '../src/domains/customers/public.ts';
import { systemActor } from '../src/kernel/actor.ts';
import { createServer } from '../src/platform/http/server.ts';
import { createSay } from '../src/platform/i18n.ts';
import { fill } from './audiences.ts';
import { openPlatform } from './input/open-platform.ts';
import { lastDay } from './input/order-lines.ts';
import type { Figure } from './run.ts';

/** Who bought of two categories twice: what they buy tells them, how often is left to other features. */
const rule = {
  kind: 'measure', measure: 'orders', compare: { is: 'at_least', value: 2 },
  facts: { fact: 'order', where: [{ field: 'category', test: 'any_of', values: ['品类 7', '品类 8'] }] },
};
const lookMs = 100;
const mostMs = 600_000;

/** People like those of an audience, from asking to the result: features, model, scores and order of everybody. */
export async function* run({ customers = 1_000_000, lines = 5_000_000 }: Record<string, number>): AsyncGenerator<Figure> {
  // A folder that is named is kept, and its data used again.
  const kept = process.env.PERENNIAL_DATA_DIR;
  const dataDir = kept ?? mkdtempSync(join(tmpdir(), 'perennial-expansion-'));
  const { platform, log, close } = await openPlatform(dataDir);
  try {
    platform.clock.now = () => new Date(`${lastDay}T08:00:00Z`);
    await fill(platform, customers, lines);
    const server = await createServer({ log, say: createSay(), routes: createAudiences(platform, createCustomers(platform)).routes, authenticate: async () => systemActor });
    const send = async (method: 'GET' | 'POST', url: string, payload?: object) => {
      const reply = await server.inject({ method, url, payload });
      if (reply.statusCode >= 300) throw new Error(reply.body);
      return reply.json();
    };
    await platform.jobs.start(true);
    const { audienceId, size } = await send('POST', '/api/audiences', { name: `expand ${Date.now()}`, kind: 'fixed', rule });
    const startedMs = performance.now();
    await send('POST', `/api/audiences/${audienceId}/expansions`, {});
    let found = await send('GET', `/api/audiences/${audienceId}/expansion`);
    while (found.expansion.state !== 'done' && performance.now() - startedMs < mostMs) {
      if (found.expansion.failure !== null) throw new Error(found.expansion.failure);
      await sleep(lookMs);
      found = await send('GET', `/api/audiences/${audienceId}/expansion`);
    }
    const seconds = Math.round((performance.now() - startedMs) / 100) / 10;
    const { auc, lift } = found.expansion.result;
    yield { name: 'audience.expansion', value: seconds, unit: 's', target: 60, holds: seconds < 60, customers, lines, members: size, auc: Math.round(auc * 1000) / 1000, lift: Math.round(lift[0] * 10) / 10 };
    await platform.jobs.stop();
    await server.close();
  } finally {
    await close();
    if (!kept) rmSync(dataDir, { recursive: true, force: true });
  }
}
