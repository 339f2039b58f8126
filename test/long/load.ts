import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalServer } from '../../src/serve/local-server.ts';

export interface Load {
  /** Replies by status; `none` counts requests that got no reply. */
  statuses: Record<string, number>;
  /** Replies of 5xx without Retry-After. */
  unexplained: string[];
  /** How long replies took, in milliseconds. */
  tookMs: number[];
  stop(): Promise<void>;
}

/** Asks the same addresses over and over by some clients at once, with a pause between two requests of one client. */
export function startLoad(server: LocalServer, paths: string[], options: { clients?: number; pauseMs?: number } = {}): Load {
  let running = true;
  const load: Omit<Load, 'stop'> = { statuses: {}, unexplained: [], tookMs: [] };
  const client = async (number: number): Promise<void> => {
    for (let turn = number; running; turn++) {
      const path = paths[turn % paths.length];
      const startedMs = performance.now();
      try {
        const reply = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${server.token}` }, signal: AbortSignal.timeout(60_000) });
        const text = await reply.text();
        count(String(reply.status));
        if (reply.status >= 500 && !reply.headers.get('retry-after')) load.unexplained.push(`${path} ${reply.status} ${text.slice(0, 200)}`);
        load.tookMs.push(performance.now() - startedMs);
      } catch {
        count('none');
      }
      await sleep(options.pauseMs ?? 10);
    }
  };
  const count = (status: string): void => {
    load.statuses[status] = (load.statuses[status] ?? 0) + 1;
  };
  const clients = Array.from({ length: options.clients ?? 4 }, (_, number) => client(number));
  return {
    ...load,
    async stop() {
      running = false;
      await Promise.all(clients);
    },
  };
}

/** How much memory a process holds. */
export const residentMiB = (pid: number): number => Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);

/** How long the server's event loop was held up at most since it was last asked, in milliseconds. */
export async function loopDelayMs({ url }: LocalServer): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Math.round(Number(/^nodejs_eventloop_delay_max_seconds (.+)$/m.exec(text)?.[1]) * 1000);
}

/** The value below which a share of the numbers lies. */
export const quantileOf = (numbers: number[], share: number): number =>
  [...numbers].sort((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))] ?? 0;

/** Waits until something holds; throws after `limitMs`. Answers with how long it took. */
export async function until(what: string, holds: () => Promise<boolean> | boolean, limitMs = 60_000): Promise<number> {
  const startedMs = Date.now();
  while (!(await holds())) {
    if (Date.now() - startedMs > limitMs) throw new Error(`after ${limitMs} ms still not: ${what}`);
    await sleep(50);
  }
  return Date.now() - startedMs;
}
