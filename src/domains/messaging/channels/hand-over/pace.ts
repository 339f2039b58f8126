import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { paceNow } from './health.ts';

/** How long after its moment a message may still leave. What is later gives its moment up and takes another. */
const lateMs = 100;
/** How much longer than others it may be on its way: a provider counts what arrives. */
const wayMs = 50;

/** Thrown where a day has had all its messages. */
export class DayIsFull extends Error {}

/** Moments for messages of one account, which no other process is given. */
export interface Pace {
  /** Resolves in a moment of one's own. Throws `DayIsFull`, or the signal's reason. */
  moment(signal: AbortSignal): Promise<void>;
}

interface Moment {
  /** By this process's own clock: not before, and not after. */
  fromMs: number;
  untilMs: number;
}

export interface PaceOptions {
  accountNo: number;
  perSecond: number;
  perDay: number | null;
  day(): string;
}

/**
 * Keeps an account to so many messages in any second, over all processes. Each message is given a moment by the database, the
 * next as much later as lets a message leave and arrive late and the n-th after it still be a second apart from it. The database's clock
 * is read anew with each portion: what the reading took is counted against the message, so that clocks need not agree.
 */
export function createPace(pool: pg.Pool, { accountNo, perSecond, perDay, day }: PaceOptions): Pace {
  const spacingMs = (1_000 + lateMs + wayMs) / perSecond;
  let wanted: PromiseWithResolvers<Moment>[] = [];
  let isAsking = false;
  /** Moments that passed by without a message: the day has not had them. */
  let missed = 0;
  const askOnce = async (): Promise<void> => {
    const asked = wanted;
    const back = missed;
    [wanted, missed] = [[], 0];
    try {
      const moments = await takeMoments(pool, { accountNo, spacingMs, perDay, day: day(), count: asked.length, back });
      asked.forEach((each, at) => (at < moments.length ? each.resolve(moments[at]) : each.reject(new DayIsFull())));
    } catch (error) {
      missed += back;
      asked.forEach((each) => each.reject(error));
    }
  };
  const ask = async (): Promise<void> => {
    if (isAsking) return;
    isAsking = true;
    // All that ask in this turn are asked for at once.
    await pause(0);
    while (wanted.length > 0) await askOnce();
    isAsking = false;
  };
  return {
    async moment(signal) {
      for (;;) {
        const one = Promise.withResolvers<Moment>();
        wanted.push(one);
        void ask();
        const { fromMs, untilMs } = await one.promise;
        await pause(Math.max(0, fromMs - performance.now()), undefined, { signal }).catch((error: unknown) => {
          missed++;
          throw error;
        });
        // Timers may be early by a part of a millisecond.
        while (performance.now() < fromMs) await pause(1);
        if (performance.now() <= untilMs) return;
        missed++;
      }
    },
  };
}

async function takeMoments(pool: pg.Pool, { accountNo, spacingMs, perDay, day, count, back }: { accountNo: number; spacingMs: number; perDay: number | null; day: string; count: number; back: number }): Promise<Moment[]> {
  const askedMs = performance.now();
  const { rows: [given] } = await pool.query<{ aheadMs: number; stepMs: number; given: number }>({
    name: 'messaging.moments',
    text: `update channel_health h set slot_at = w.first + w.given * w.step * interval '1 millisecond', day = $3, day_count = w.used + w.given from (
        select account_no, greatest(slot_at, clock_timestamp()) as first, used, $2::float8 / ${paceNow} as step, least($4::int, greatest(0, coalesce($5::int - used, $4::int))) as given
        from (select account_no, slot_at, pace, slowed_at, case when day = $3::date then greatest(0, day_count - $6::int) else 0 end as used from channel_health where account_no = $1 for update) held
      ) w where h.account_no = w.account_no
      returning extract(epoch from w.first - clock_timestamp())::float8 * 1000 as "aheadMs", w.step::float8 as "stepMs", w.given`,
    values: [accountNo, spacingMs, day, count, perDay, back],
  });
  if (!given) return [];
  const answeredMs = performance.now();
  return Array.from({ length: given.given }, (_, at) => {
    const aheadMs = given.aheadMs + at * given.stepMs;
    return { fromMs: answeredMs + aheadMs, untilMs: askedMs + aheadMs + lateMs };
  });
}
