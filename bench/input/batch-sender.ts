import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Shoppers, shoppingMaker } from './shopping-batch.ts';
import { batchMaker } from './tracked-batch.ts';

/** What the sender is told, as JSON in its first argument. */
export interface SenderOrder {
  url: string;
  writeKey: string;
  seconds: number;
  /** Events a second it tries for. */
  rate: number;
  connections: number;
  /** Visits of these people instead of the usual ones. */
  shoppers?: Shoppers;
}

/** What it tells at the end, as one line of JSON. */
export interface SenderReport {
  acknowledged: number;
  refused: number;
  failed: number;
  seconds: number;
  /** Milliseconds from the moment a batch was due to its acknowledgement, sorted. */
  latenciesMs: number[];
}

/**
 * Sends batches at an even rate over a few connections, in a process of its own. A batch that cannot be sent when it
 * is due counts its waiting as latency, so that a stall is not hidden by sending less.
 */
async function send({ url, writeKey, seconds, rate, connections, shoppers }: SenderOrder): Promise<SenderReport> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const maker = shoppers ? shoppingMaker(writeKey, `b${process.pid}`, shoppers) : batchMaker(writeKey, `b${process.pid}`);
  const report: SenderReport = { acknowledged: 0, refused: 0, failed: 0, seconds: 0, latenciesMs: [] };
  const startedMs = performance.now();
  const intervalMs = (maker.eventsEach / rate) * 1000;
  let due = startedMs;
  const endMs = startedMs + seconds * 1000;
  const turn = async (): Promise<void> => {
    while (due < endMs) {
      const mine = due;
      due += intervalMs;
      const earlyMs = mine - performance.now();
      if (earlyMs > 1) await sleep(earlyMs);
      const status = await post(agent, url, maker.next()).catch(() => 0);
      report.latenciesMs.push(performance.now() - mine);
      if (status === 200) report.acknowledged += maker.eventsEach;
      else if (status === 429) report.refused += maker.eventsEach;
      else report.failed += maker.eventsEach;
      // Far behind: the rate is more than is possible, and what is measured is what is possible.
      if (performance.now() - due > 5_000) due = performance.now();
    }
  };
  await Promise.all(Array.from({ length: connections }, turn));
  report.seconds = (performance.now() - startedMs) / 1000;
  report.latenciesMs.sort((a, b) => a - b);
  agent.destroy();
  return report;
}

const post = (agent: Agent, url: string, body: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const call = request(`${url}/v1/batch`, { method: 'POST', agent, headers }, (reply) => {
      reply.resume();
      reply.once('end', () => resolve(reply.statusCode ?? 0));
    });
    call.once('error', reject);
    call.end(body);
  });

const report = await send(JSON.parse(process.argv[2]) as SenderOrder);
process.stdout.write(`${JSON.stringify(report)}\n`);
