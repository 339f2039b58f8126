import { PgBoss } from 'pg-boss';
import type { Log } from './log.ts';

/** Background work that survives a crash: a job whose worker died is given out again within a minute. */
export interface Jobs {
  /** Declares a queue and its work. `data` is what `later` was given. */
  work<T extends object>(queue: string, handler: (data: T, signal: AbortSignal) => Promise<void>, options?: QueueOptions): void;
  /** Hands a job over; it is run once, and again after a crash. `key` keeps a second one away while the first waits or runs. */
  later<T extends object>(queue: string, data: T, options?: { key?: string; afterSeconds?: number }): Promise<void>;
  /** Runs a queue's work on a cron schedule of the given time zone. */
  schedule(queue: string, cron: string, timeZone: string): Promise<void>;
  /** Makes the declared queues known, and begins working when `working`. */
  start(working: boolean): Promise<void>;
  stop(): Promise<void>;
}

export interface QueueOptions {
  /** Attempts after the first. */
  retries?: number;
  /** A job that runs longer is given up. */
  limitSeconds?: number;
}

interface Queue {
  name: string;
  handler: (data: object, signal: AbortSignal) => Promise<void>;
  options: QueueOptions;
}

/**
 * Long enough that a worker on a crowded machine is not taken for dead: six refreshes in a row have to fail. Whoever is taken
 * for dead all the same finds out at the next one, by its signal.
 */
const heartbeat = { seconds: 20, refreshSeconds: 3 };
/** Between two looks at heartbeats. The queue looks at every `supervise` whose queue was not looked at for `monitor`. */
const lookSeconds = { superviseIntervalSeconds: 3, monitorIntervalSeconds: 2 };

/** Jobs kept in PostgreSQL by pg-boss. */
export function createJobs(databaseUrl: string, log: Log): Jobs {
  const boss = new PgBoss({ connectionString: databaseUrl, max: 4, ...lookSeconds, application_name: 'perennial-jobs' });
  const queues: Queue[] = [];
  let started = false;
  boss.on('error', (error) => log.warn({ err: error }, 'the job queue had a difficulty'));
  return {
    work(name, handler, options = {}) {
      queues.push({ name, handler: handler as Queue['handler'], options });
    },
    async later(queue, data, options = {}) {
      await boss.send(queue, data, { singletonKey: options.key, startAfter: options.afterSeconds });
    },
    async schedule(queue, cron, timeZone) {
      await boss.schedule(queue, cron, {}, { tz: timeZone });
    },
    async start(working) {
      await boss.start();
      started = true;
      for (const { name, handler, options } of queues) {
        const settings = {
          retryLimit: options.retries ?? 3,
          retryBackoff: true,
          expireInSeconds: options.limitSeconds ?? 6 * 3600,
          heartbeatSeconds: heartbeat.seconds,
        };
        await boss.createQueue(name, { policy: 'exclusive', ...settings });
        if (!working) continue;
        // A queue that an older version made would keep what it was made with.
        await boss.updateQueue(name, settings);
        await boss.work(name, { pollingIntervalSeconds: 0.5, heartbeatRefreshSeconds: heartbeat.refreshSeconds }, async ([job]) => {
          try {
            await handler(job.data as object, job.signal);
          } catch (error) {
            log.error({ err: error, queue: name, job: job.id }, 'a job failed');
            throw error;
          }
        });
      }
    },
    async stop() {
      if (started) await boss.stop({ graceful: true, timeout: 10_000 });
    },
  };
}
