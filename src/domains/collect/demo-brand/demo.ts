import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { conflict, Problem } from '../../../kernel/problem.ts';
import { route, type Route } from '../../../platform/http/route.ts';
import type { Platform } from '../../../platform/platform.ts';
import { recordAudit } from '../../access/public.ts';
import type { Commerce } from '../../commerce/public.ts';
import { createCustomerWriter, type Customers } from '../../customers/public.ts';
import type { FactLog } from '../facts/fact-log.ts';
import { readDemo, startDemo } from './contract.ts';
import { categoryOf } from './facts.ts';
import { type AddToDemo, loadDemo, wantsDemo, type DemoDoors, type DemoOptions } from './load.ts';
import { readProgress } from './progress.ts';

/** The demonstration brand, loaded by the worker and asked for from anywhere. */
export interface Demo {
  routes: Route[];
  /** True on an empty deployment, and where a crash ended the load half way. */
  wanted(): Promise<boolean>;
  /** Has the worker load it and resolves when its customers and orders are there. Throws `collect.demo_late` when the load stands still for a minute. */
  load(): Promise<void>;
  /** Has the worker load it where it is wanted. */
  begin(): Promise<void>;
  /** Adds to the brand what another domain has to show, once its customers and orders are there; nobody waits for it. */
  whenLoaded(add: AddToDemo): void;
}

/** What the demonstration needs of the other domains. */
export interface DemoNeeds {
  facts: FactLog;
  customers: Pick<Customers, 'vault' | 'nameKeys' | 'copier'>;
  commerce: Pick<Commerce, 'products' | 'refreshSummaries'>;
}

const queue = 'collect.demo';
const lookMs = 100;
const stillForMs = 60_000;

export function createDemo(platform: Platform, needs: DemoNeeds, options: DemoOptions = {}): Demo {
  const additions: AddToDemo[] = [];
  const doors = doorsOf(needs, additions);
  platform.jobs.work(queue, (_data, signal) => loadWhenWriting(platform, doors, options, signal));

  // A key of its own: the job of a killed process is given out again only after its lease, and must not keep this one waiting.
  const handOver = (): Promise<void> => platform.jobs.later(queue, {}, { key: randomUUID() });
  const begin = async (): Promise<void> => {
    if (!(await wantsDemo(platform.pg))) throw conflict('collect.demo_not_empty');
    await handOver();
  };
  const progress = async () => {
    const found = await readProgress(platform.pg);
    return { state: found?.state ?? ('absent' as const), customers: found?.customers ?? 0, loaded: found?.loaded ?? 0 };
  };
  return {
    routes: [
      route(readDemo, progress),
      route(startDemo, async ({ actor }) => {
        await begin();
        await recordAudit(platform.pg, { actor, action: 'collect.load_demo', subject: 'demo' });
        return progress();
      }),
    ],
    whenLoaded: (add) => void additions.push(add),
    wanted: () => wantsDemo(platform.pg),
    async begin() {
      if (await wantsDemo(platform.pg)) await handOver();
    },
    async load() {
      await begin();
      let before = '';
      for (let stillMs = 0; stillMs < stillForMs; stillMs += lookMs) {
        const now = await progress();
        if (now.state === 'adding' || now.state === 'done') return;
        if (JSON.stringify(now) !== before) stillMs = 0;
        before = JSON.stringify(now);
        await sleep(lookMs);
      }
      throw new Problem('collect.demo_late', { status: 503 });
    },
  };
}

function doorsOf({ facts, customers, commerce }: DemoNeeds, additions: readonly AddToDemo[]): DemoDoors {
  return {
    facts,
    customers: createCustomerWriter(customers.vault, customers.nameKeys),
    writeProducts: (client, products, at) => commerce.products.upsert(client, products.map((product) => ({
      productId: product.productId,
      name: product.name,
      category: categoryOf(product),
      brand: product.brand,
      listPrice: product.listPrice,
      at,
    }))),
    async refresh() {
      await Promise.all([commerce.refreshSummaries('all'), customers.copier.drain()]);
      // The last comparison is from before there was anything to compare.
      await facts.check();
    },
    additions,
  };
}

/** A worker that has just started may still wait for the right to write facts. Nobody's being quicker is not a failure. */
async function loadWhenWriting(platform: Platform, doors: DemoDoors, options: DemoOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && (await wantsDemo(platform.pg))) {
    try {
      await loadDemo(platform, doors, options);
    } catch (error) {
      const code = error instanceof Problem ? error.code : '';
      if (code === 'collect.demo_not_empty') return;
      if (code !== 'collect.not_the_fact_writer') throw error;
      await sleep(lookMs);
    }
  }
}
