import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { setPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

/** Requests at a steady pace, whether answers keep up or not: each is measured from when it was due. */
export interface Load {
  url: string;
  token: string;
  bodies: object[];
  perSecond: number;
  seconds: number;
}

export interface LoadResult {
  p50: number;
  p99: number;
  sent: number;
  /** Answered with something else than 200. */
  failed: number;
}

// A shop asks from another machine: here it is a process of its own that comes after the product where both want to compute.
const politeness = 10;
setPriority(politeness);
const [{ url, token, bodies, perSecond, seconds }] = (await once(process, 'message')) as [Load];
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const tookMs: number[] = [];
let failed = 0;

const send = (body: object, dueMs: number): Promise<void> => new Promise((resolve) => {
  const text = JSON.stringify(body);
  const sent = request(url, { method: 'POST', agent, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) } }, (reply) => {
    reply.resume();
    reply.on('end', () => {
      tookMs.push(performance.now() - dueMs);
      if (reply.statusCode !== 200) failed++;
      resolve();
    });
  });
  sent.on('error', () => {
    failed++;
    resolve();
  });
  sent.end(text);
});

const open: Promise<void>[] = [];
const startMs = performance.now();
for (let n = 0; n < perSecond * seconds; n++) {
  const dueMs = startMs + (n * 1_000) / perSecond;
  const wait = dueMs - performance.now();
  if (wait > 0) await sleep(wait);
  open.push(send(bodies[n % bodies.length], dueMs));
}
await Promise.all(open);
agent.destroy();
const sorted = tookMs.sort((a, b) => a - b);
process.send?.({ p50: sorted[Math.floor(sorted.length / 2)], p99: sorted[Math.floor(sorted.length * 0.99)], sent: perSecond * seconds, failed } satisfies LoadResult);
process.disconnect?.();
