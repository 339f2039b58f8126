import { setTimeout as sleep } from 'node:timers/promises';
import type { Product } from '../../test/product.ts';
import type { Prepared } from './prepare-live.ts';
import { shopperId, shopperNo } from './shopping-batch.ts';

const probeEveryMs = 1_000;
const lookEveryMs = 200;
const patienceMs = 60_000;

/** Seconds from acknowledgement to being a member, sorted, by the audience. */
export type Freshness = Map<string, number[]>;

/** One after the other, people do what makes them members; an audience as large as the number of those acknowledged shows all of them. */
export function watchProbes(product: Product, writeKey: string, { probes, probeIds }: Prepared): { stop(): Promise<Freshness> } {
  const acknowledgedMs: number[] = [];
  const seenMs = new Map([...probeIds.keys()].map((name): [string, number[]] => [name, []]));
  let [isSending, isLooking] = [true, true];
  const sending = (async () => {
    for (let n = 0; isSending; n++) {
      const startedMs = performance.now();
      const ids = { userId: shopperId(shopperNo(probes.from + n, probes)), timestamp: new Date().toISOString() };
      const batch = [
        { type: 'track', event: 'Product Shared', messageId: `probe-${n}`, ...ids, properties: { probe: 'yes' } },
        { type: 'track', event: 'Order Completed', messageId: `probe-order-${n}`, ...ids, properties: { order_id: `PROBE-${n}`, products: [{ product_id: 'PROBE', price: 10, quantity: 1 }] } },
      ];
      const reply = await fetch(`${product.url}/v1/batch`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ batch, writeKey }) });
      if (!reply.ok) throw new Error(await reply.text());
      acknowledgedMs.push(performance.now());
      await sleep(Math.max(0, probeEveryMs - (performance.now() - startedMs)));
    }
  })();
  const looking = (async () => {
    while (isLooking) {
      for (const [name, audienceId] of probeIds) {
        const { size } = await product.ask<{ size: number }>('GET', `/api/audiences/${audienceId}`);
        const seen = seenMs.get(name) ?? [];
        while (seen.length < size) seen.push(performance.now());
      }
      await sleep(lookEveryMs);
    }
  })();
  return {
    async stop() {
      isSending = false;
      await sending;
      const untilMs = performance.now() + patienceMs;
      while (performance.now() < untilMs && [...seenMs.values()].some((seen) => seen.length < acknowledgedMs.length)) await sleep(lookEveryMs);
      isLooking = false;
      await looking;
      return new Map([...seenMs].map(([name, seen]) => [name, acknowledgedMs.map((ms, n) => ((seen[n] ?? Infinity) - ms) / 1000).sort((a, b) => a - b)]));
    },
  };
}
