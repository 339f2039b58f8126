import { systemActor } from '../../../../kernel/actor.ts';
import { addDays, startOfDay } from '../../../../kernel/day.ts';
import { Problem } from '../../../../kernel/problem.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { lineageOf } from '../../../customers/public.ts';
import type { ActivityDoes } from '../../contract/activities.ts';
import type { Mall } from '../../mall/mall.ts';
import type { MembershipDoors } from '../../part.ts';
import { type ActivityRow, demandActivity } from '../plan/store.ts';
import { drawnInteger, prizeAt, totalWeight } from '../rules/draw.ts';
import { fallbacksInARow, findParticipation, moveParticipation, type ParticipationRow, removeParticipation, returnPrize, returnPromise, takePrize } from './store.ts';

export type TakePartDoors = Pick<MembershipDoors, 'platform' | 'ledger' | 'programme' | 'members' | 'say'> & { mall: Pick<Mall, 'exchange'> };
type Lottery = Extract<ActivityDoes, { kind: 'lottery' }>;

/** The participation is somebody else's to finish. */
export class TakenOver extends Error {}

export const exchangeKey = 'exchange';
const isRefused = (error: unknown): error is Problem => error instanceof Problem && (error.status === 404 || error.status === 409);
const keyOf = ({ participationNo }: ParticipationRow, what: string): string => `activity ${participationNo} ${what}`;
/** Locks whatever one person does in activities, for as long as the transaction lasts. */
export const lockPerson = 'select pg_advisory_xact_lock(hashtextextended(\'activity \' || $1, 0))';

/**
 * Takes a participation as far as it goes: what it costs is paid, what it comes to is decided once, and given. Each step can be done
 * again and comes to the same. Refused where it cannot be paid; then nothing is left of it.
 */
export async function advance(doors: TakePartDoors, begun: ParticipationRow): Promise<ParticipationRow> {
  const activity = await demandActivity(doors.platform.pg, begun.activityNo);
  let now = begun;
  while (now.state !== 'done') now = now.state === 'begun' ? await pay(doors, activity, now) : await give(doors, activity, now);
  return now;
}

const common = (activity: ActivityRow, made: ParticipationRow, what: string) => ({
  key: keyOf(made, what), customerNo: made.customerNo, occurredAt: made.occurredAt.getTime(), input: { participation: made.participationNo, what },
  derivation: { activity: activity.activityNo, kind: activity.definition.does.kind, title: activity.definition.names, ...(made.streak === null ? {} : { streak: made.streak }) },
});

async function pay(doors: TakePartDoors, activity: ActivityRow, made: ParticipationRow): Promise<ParticipationRow> {
  const { definition: { does } } = activity;
  try {
    if (does.kind === 'exchange') {
      const { orderNo } = await doors.mall.exchange({ key: keyOf(made, 'order'), customerNo: made.customerNo, itemNo: does.itemNo, byActivity: { activityNo: activity.activityNo, points: does.points, money: '0' } }, systemActor);
      return await moved(doors, made, 'decided', { orderNo, prizeKey: exchangeKey });
    }
    if (made.cost > 0) await doors.ledger.execute({ ...common(activity, made, 'cost'), kind: 'spend', amount: made.cost });
  } catch (error) {
    if (!isRefused(error)) throw error;
    await undo(doors, activity, made);
    throw error;
  }
  if (does.kind !== 'lottery') return moved(doors, made, 'decided');
  return draw(doors, activity, does, made);
}

async function moved({ platform: { pg } }: TakePartDoors, made: ParticipationRow, to: ParticipationRow['state'], decided: Parameters<typeof moveParticipation>[3] = {}): Promise<ParticipationRow> {
  const next = await moveParticipation(pg, made, to, decided);
  if (!next) throw new TakenOver();
  return next;
}

/** Gives back what was put aside for it, and leaves nothing behind. */
async function undo({ platform: { pg } }: TakePartDoors, { activityNo, definition: { does } }: ActivityRow, made: ParticipationRow): Promise<void> {
  await inTransaction(pg, async (client) => {
    if (!(await removeParticipation(client, made))) throw new TakenOver();
    await returnPromise(client, activityNo, made.promised);
    if (does.kind === 'exchange') await returnPrize(client, activityNo, exchangeKey);
  });
}

/** Draws, once: the integer belongs to the number of the participation. A prize of which none is left is the fallback instead. */
async function draw({ platform: { pg } }: TakePartDoors, { activityNo, seed }: ActivityRow, { prizes, fallback, pity }: Lottery, made: ParticipationRow): Promise<ParticipationRow> {
  const total = totalWeight(prizes);
  const drawn = drawnInteger(seed, made.participationNo, total);
  const fellOn = prizeAt(prizes, drawn);
  return inTransaction(pg, async (client) => {
    const lineage = await lineageOf(client, made.customerNo);
    await client.query(lockPerson, [lineage[0] ?? made.customerNo]);
    const isDue = pity !== null && (await fallbacksInARow(client, activityNo, lineage, fallback, pity.after)) >= pity.after;
    const wanted = isDue ? (prizes.find(({ key }) => key === pity.prize) ?? fellOn) : fellOn;
    const last = prizes.find(({ key }) => key === fallback) ?? fellOn;
    const prize = (await takePrize(client, activityNo, wanted.key)) ? wanted : last;
    if (prize !== wanted) await takePrize(client, activityNo, prize.key);
    const points = prize.gives.kind === 'points' ? prize.gives.points : 0;
    await returnPromise(client, activityNo, made.promised - points);
    const derivation = { ...made.derivation, drawn, of: total, fellOn: fellOn.key, ...(isDue ? { pity: pity.prize } : {}), ...(prize !== wanted ? { insteadOf: wanted.key } : {}) };
    const next = await moveParticipation(client, made, 'decided', { promised: points, points, prizeKey: prize.key, derivation });
    if (!next) throw new TakenOver();
    return next;
  });
}

async function give(doors: TakePartDoors, activity: ActivityRow, made: ParticipationRow): Promise<ParticipationRow> {
  const { ledger, platform: { pg, clock } } = doors;
  const { does, validDays } = activity.definition;
  const prize = does.kind === 'lottery' ? does.prizes.find(({ key }) => key === made.prizeKey) : undefined;
  let { orderNo } = made;
  if (prize?.gives.kind === 'item') {
    try {
      orderNo = (await doors.mall.exchange({ key: keyOf(made, 'prize'), customerNo: made.customerNo, itemNo: prize.gives.itemNo, byActivity: { activityNo: activity.activityNo, points: 0, money: '0' } }, systemActor)).orderNo;
    } catch (error) {
      if (!isRefused(error)) throw error;
      return useFallback(doors, activity, made);
    }
  }
  if (made.points > 0) {
    const { timeZone } = await readBrand(pg);
    const expiresAt = validDays === null ? null : startOfDay(addDays(made.day, validDays + 1), timeZone).getTime();
    await ledger.execute({ ...common(activity, made, 'points'), kind: 'earn', amount: made.points, availableAt: made.occurredAt.getTime(), expiresAt }).catch((error: unknown) => {
      // Who is erased meanwhile gets nothing any more.
      if (!(error instanceof Problem && error.status === 404)) throw error;
    });
  }
  if (made.growth > 0) {
    await pg.query(
      `insert into growth_entry (customer_no, amount, kind, occurred_at, recorded_at, entry_key, derivation) values ($1, $2, 'activity', $3, $4, $5, $6) on conflict (customer_no, entry_key) do nothing`,
      [made.customerNo, made.growth, made.occurredAt, clock.now(), keyOf(made, 'growth'), common(activity, made, 'growth').derivation]);
    // Whoever keeps tiers looks at those for whom something is due.
    await pg.query('update member set due_at = least(due_at, $2) where customer_no = $1 and left_at is null', [made.customerNo, clock.now()]);
  }
  return moved(doors, made, 'done', orderNo === null ? {} : { orderNo });
}

/** The mall has none of the prize any more: the fallback is given in its place. */
async function useFallback({ platform: { pg } }: TakePartDoors, { activityNo, definition: { does } }: ActivityRow, made: ParticipationRow): Promise<ParticipationRow> {
  if (does.kind !== 'lottery' || made.prizeKey === null) return made;
  const { prizeKey } = made;
  const last = does.prizes.find(({ key }) => key === does.fallback);
  const points = last?.gives.kind === 'points' ? last.gives.points : 0;
  return inTransaction(pg, async (client) => {
    const next = await moveParticipation(client, made, 'decided', { points, prizeKey: does.fallback, derivation: { ...made.derivation, insteadOf: prizeKey } });
    if (!next) throw new TakenOver();
    await returnPrize(client, activityNo, prizeKey);
    await takePrize(client, activityNo, does.fallback);
    return next;
  });
}

/** The participation as it is in the end, for whoever waits for somebody else to finish it; undefined where nothing is left of it. */
export const reread = (doors: TakePartDoors, { participationNo }: ParticipationRow): Promise<ParticipationRow | undefined> => findParticipation(doors.platform.pg, { participationNo });
