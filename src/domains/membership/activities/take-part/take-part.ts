import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { type Day, dayIn } from '../../../../kernel/day.ts';
import { conflict } from '../../../../kernel/problem.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { isPaused, type Participant, participantOf } from '../../mall/participant.ts';
import { type ActivityRow, demandActivity } from '../plan/store.ts';
import { stateAt } from '../rules/state.ts';
import { streakOf } from '../rules/streak.ts';
import { costOf, hindranceAt, rewardOf } from '../rules/taking-part.ts';
import { progressOf } from '../task-progress.ts';
import { advance, exchangeKey, lockPerson, reread, TakenOver, type TakePartDoors } from './advance.ts';
import { doneBy, findParticipation, insertParticipation, type ParticipationRow, promisePoints, takePrize } from './store.ts';

export interface Wanted {
  key: string;
  activityNo: number;
  customerNo: number;
}

const hashOf = ({ activityNo, customerNo }: Wanted): Buffer => createHash('sha256').update(JSON.stringify([activityNo, customerNo])).digest();
const patienceMs = 5_000;
const pauseMs = 20;

/** Takes part once for a key: the same again answers with the same. Refused with a Problem that says why not. */
export async function takePartIn(doors: TakePartDoors, wanted: Wanted): Promise<{ made: ParticipationRow; isReplay: boolean }> {
  for (;;) {
    const { made, isReplay } = await begin(doors, wanted);
    if (!isReplay) return { made: await finish(doors, made), isReplay };
    const settled = await whenDone(doors, made);
    // The first attempt was refused and left nothing behind: this one is the first now.
    if (settled) return { made: settled, isReplay };
  }
}

export async function finish(doors: TakePartDoors, made: ParticipationRow): Promise<ParticipationRow> {
  try {
    return await advance(doors, made);
  } catch (error) {
    if (!(error instanceof TakenOver)) throw error;
    return (await whenDone(doors, made)) ?? made;
  }
}

async function whenDone(doors: TakePartDoors, made: ParticipationRow): Promise<ParticipationRow | undefined> {
  for (let waitedMs = 0; ; waitedMs += pauseMs) {
    const now = await reread(doors, made);
    if (!now || now.state === 'done' || waitedMs >= patienceMs) return now;
    await sleep(pauseMs);
  }
}

interface Moment {
  now: Date;
  today: Day;
  timeZone: string;
}

async function begin(doors: TakePartDoors, wanted: Wanted): Promise<{ made: ParticipationRow; isReplay: boolean }> {
  const { platform } = doors;
  const { pg: pool, clock } = platform;
  const [activity, person, { timeZone }, paused] = await Promise.all([demandActivity(pool, wanted.activityNo), participantOf(doors, wanted.customerNo), readBrand(pool), isPaused(doors)]);
  const now = clock.now();
  const progress = await progressOf(platform, activity.definition, person.lineage, timeZone, now);
  return inTransaction(pool, async (client) => {
    await client.query(lockPerson, [person.lineage[0]]);
    const before = await findParticipation(client, { key: wanted.key });
    if (before) {
      if (!before.inputHash.equals(hashOf(wanted))) throw conflict('membership.key_used', { key: wanted.key });
      return { made: before, isReplay: true };
    }
    const moment = { now, today: dayIn(timeZone, now), timeZone };
    return { made: await write(client, activity, person, wanted, moment, { isPaused: paused, progress }), isReplay: false };
  });
}

/** Writes a participation with everything that is put aside for it, or says why there is none. */
async function write(client: pg.PoolClient, activity: ActivityRow, { lineage, ...person }: Participant, wanted: Wanted, { now, today, timeZone }: Moment, known: { isPaused: boolean; progress: { done: number; of: number } | null }): Promise<ParticipationRow> {
  const { activityNo, definition, version } = activity;
  const { does } = definition;
  const done = (await doneBy(client, [activityNo], lineage, today)).get(activityNo) ?? { today: 0, total: 0, last: null };
  const hindrance = hindranceAt(stateAt(activity.decided, definition, now), definition, { ...person, ...done, ...known }, timeZone, now);
  if (hindrance !== null) throw conflict(`membership.activity_${hindrance}`, { activityNo });
  const streak = does.kind === 'sign_in' ? streakOf(done.last, today, does) : null;
  const { points, growth } = rewardOf(does, streak);
  const promised = definition.budget === null ? 0 : points;
  if (promised > 0 && !(await promisePoints(client, activityNo, promised))) throw conflict('membership.activity_budget_spent', { activityNo });
  if (does.kind === 'exchange' && !(await takePrize(client, activityNo, exchangeKey))) throw conflict('membership.activity_out_of_stock', { activityNo });
  const waits = does.kind === 'lottery' || does.kind === 'exchange';
  return insertParticipation(client, {
    activityNo, customerNo: lineage[0], key: wanted.key, inputHash: hashOf(wanted), state: waits ? 'begun' : 'decided', day: today, promised, cost: costOf(does),
    points: waits ? 0 : points, growth: waits ? 0 : growth, streak, occurredAt: now, derivation: { version, ...(known.progress === null ? {} : { progress: known.progress }) },
  });
}
