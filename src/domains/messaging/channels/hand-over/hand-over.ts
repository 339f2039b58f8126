import { setTimeout as pause } from 'node:timers/promises';
import { formatDecimal, parseDecimal } from '../../../../kernel/decimal.ts';
import { Problem } from '../../../../kernel/problem.ts';
import type { Platform } from '../../../../platform/platform.ts';
import type { ChannelKind } from '../../contract/vocabulary.ts';
import type { Answer, Channels, Parcel } from '../../part.ts';
import { codeOf, type Sent } from '../adapters/adapter.ts';
import { openAddress } from '../addresses/address-text.ts';
import { breakerOf, waitMs } from './breaker.ts';
import { carries } from './carries.ts';
import { noteFault, noteWell, takeTrial } from './health.ts';
import type { Lane } from './lane.ts';
import type { Lanes } from './lanes.ts';
import { DayIsFull } from './pace.ts';
import type { Tallies } from './tallies.ts';

/** A pause of all accounts that is shorter is waited for; where it is longer the messages go back. */
const shortRestMs = 5_000;
/** A message that tries a broken account has this long to tell. */
const trialMs = 60_000;
const fullMs = 900_000;
const mostAtOnce = 1_000;

export interface HandOverDoors {
  platform: Platform;
  lanes: Lanes;
  tallies: Tallies;
  /** Keeps a message of an account in test mode. */
  keepTest(lane: Lane, parcel: Parcel): Promise<void>;
  /** Notes that nothing arrives at an address any more. */
  keepDead(lane: Lane, parcel: Parcel, code: string): Promise<void>;
}

type Handing = Parameters<Channels['handOver']>;

export function createHandOver(doors: HandOverDoors): Channels['handOver'] {
  return async (channel, parcels, noted, answered, signal) => {
    const lanes = await doors.lanes.of(channel);
    // As many again are noted while the others are with their providers.
    const workers = Math.min(parcels.length, mostAtOnce, Math.max(1, lanes.reduce((sum, { atOnce }) => sum + 3 * atOnce, 0)));
    let next = 0;
    const work = async (): Promise<void> => {
      while (next < parcels.length) await handOne(doors, channel, parcels[next++], noted, answered, signal);
    };
    const flushing = setInterval(() => void doors.tallies.flush().catch((error: unknown) => doors.platform.log.warn({ err: error }, 'answers of channels could not be counted')), 1_000);
    try {
      // What one cannot tell ends the others too; what they have begun ends first.
      const ended = await Promise.allSettled(Array.from({ length: workers }, () => work().catch((error: unknown) => {
        next = parcels.length;
        throw error;
      })));
      const failed = ended.find((one) => one.status === 'rejected');
      if (failed) throw failed.reason;
    } finally {
      clearInterval(flushing);
      await doors.tallies.flush();
    }
  };
}

/** Hands one message to the first account that takes it. */
async function handOne(doors: HandOverDoors, channel: ChannelKind, parcel: Parcel, noted: Handing[2], answered: Handing[3], signal: AbortSignal): Promise<void> {
  const tried = new Set<Lane>();
  let last: { accountNo: number | null; answer: Answer } = { accountNo: null, answer: { outcome: 'later' } };
  while (!signal.aborted) {
    const picked = await pick(doors, channel, parcel, tried, signal);
    if ('waitMs' in picked) {
      if (last.accountNo === null) last.answer = { outcome: 'later', retryAfterMs: waitMs(0, picked.waitMs, Math.random) };
      break;
    }
    const { lane } = picked;
    const { accountNo } = lane.account;
    const sent = await attempt(doors, picked, parcel, () => noted(parcel.key, accountNo), signal);
    if (sent === 'left') return;
    if (sent === 'nothing') continue;
    const { isAccountsFault, isTooQuick: _, ...answer } = sent;
    if (answer.isDeadAddress) await doors.keepDead(lane, parcel, answer.code ?? '');
    last = { accountNo, answer };
    if (answer.outcome !== 'later' || !isAccountsFault) break;
    tried.add(lane);
  }
  const { accountNo, answer } = last;
  const retryAfterMs = waitMs(parcel.attempts ?? 0, answer.retryAfterMs ?? 0, Math.random);
  await answered(parcel.key, accountNo, answer.outcome !== 'later' || accountNo === null ? answer : { ...answer, retryAfterMs });
}

/** An account to be asked; `isTrial` where the message tries a broken one again. */
interface Picked {
  lane: Lane;
  isTrial: boolean;
}

/** How long an account is left alone. */
const restOf = ({ health: { restingUntil, brokenUntil }, fullUntil }: Lane, now: Date): number =>
  Math.max(...[restingUntil, brokenUntil, fullUntil].map((until) => (until ? until.getTime() - now.getTime() : 0)));

/** An account in test mode stands in for none that is in use: it would keep messages that people are to get. */
const inUse = (lanes: readonly Lane[]): readonly Lane[] => (lanes.some(isOn) ? lanes.filter(isOn) : lanes);
const isOn = ({ account }: Lane): boolean => account.state === 'active';

/** Those whose provider can send it; where there is none, the first says so. */
function carrying(lanes: readonly Lane[], { message }: Parcel): readonly Lane[] {
  const able = lanes.filter(({ account }) => carries(account.provider, message));
  return able.length > 0 ? able : lanes.slice(0, 1);
}

/** The first account that can be asked now; or how long until there is one. */
async function pick({ platform: { pg: pool, clock }, lanes }: HandOverDoors, channel: ChannelKind, parcel: Parcel, tried: ReadonlySet<Lane>, signal: AbortSignal): Promise<Picked | { waitMs: number }> {
  const { space } = openAddress(parcel.to);
  for (;;) {
    const now = clock.now();
    const fitting = carrying(inUse((await lanes.of(channel)).filter((lane) => lane.addressSpace === null || lane.addressSpace === space)), parcel).filter((lane) => !tried.has(lane));
    let soonestMs = Infinity;
    for (const lane of fitting) {
      const restMs = restOf(lane, now);
      soonestMs = Math.min(soonestMs, restMs);
      if (restMs > 0) continue;
      const breaker = breakerOf(lane.health, now);
      if (breaker === 'closed') return { lane, isTrial: false };
      lane.health = { ...lane.health, brokenUntil: new Date(now.getTime() + trialMs) };
      if (await takeTrial(pool, lane.account.accountNo, now, new Date(now.getTime() + trialMs))) return { lane, isTrial: true };
    }
    if (soonestMs > shortRestMs || signal.aborted) return { waitMs: Number.isFinite(soonestMs) ? soonestMs : fullMs };
    await pause(Math.max(50, soonestMs), undefined, { signal }).catch(() => {});
  }
}

/** One try by one account; `nothing` where nobody was asked, `left` where the parcel may not go any more. */
async function attempt(doors: HandOverDoors, { lane, isTrial }: Picked, parcel: Parcel, noted: () => Promise<void>, signal: AbortSignal): Promise<Sent | 'nothing' | 'left'> {
  const { account, ahead, places } = lane;
  const { log, clock } = doors.platform;
  // What happened to those before: nothing is tried in vain.
  const isOff = (): boolean => !isTrial && restOf(lane, clock.now()) > 0;
  await ahead.enter();
  let isAhead = true;
  const leaves = (): void => {
    if (isAhead) ahead.leave();
    isAhead = false;
  };
  try {
    if (isOff()) return 'nothing';
    try {
      await noted();
    } catch (error) {
      log.debug({ err: error, account: account.accountNo }, 'a message is left');
      return 'left';
    }
    const { value } = openAddress(parcel.to);
    if (account.state === 'test' && !account.testers.includes(value)) {
      await doors.keepTest(lane, parcel);
      return { outcome: 'refused', code: 'test_mode' };
    }
    if (!carries(account.provider, parcel.message)) return { outcome: 'refused', code: 'other_provider' };
    await places.enter();
    try {
      const sent = isOff() ? 'nothing' : await send(doors, lane, { ...parcel, to: value }, leaves, signal);
      if (sent !== 'nothing') await keepHealth(doors, lane, sent, isTrial);
      return sent;
    } finally {
      places.leave();
    }
  } finally {
    leaves();
  }
}

/** Gives a parcel to the adapter of an account; `leaves` is called when its moment has come. */
async function send({ platform: { clock, log }, tallies }: HandOverDoors, lane: Lane, parcel: Parcel, leaves: () => void, signal: AbortSignal): Promise<Sent | 'nothing'> {
  const { account, adapter, pace } = lane;
  let isGone = false;
  let whyNot: unknown;
  const go = async (): Promise<void> => {
    try {
      await pace.moment(signal);
      isGone = true;
      leaves();
    } catch (error) {
      whyNot = error;
      throw error;
    }
  };
  const sent = await adapter.send(parcel, go).catch((error: unknown): Sent | null => {
    // Of messages that go together one asks for all.
    if (error instanceof DayIsFull || (signal.aborted && error === signal.reason)) whyNot ??= error;
    if (whyNot !== undefined) return null;
    log.warn({ err: error, account: account.accountNo }, 'a provider could not be asked');
    return faultOf(error, isGone);
  });
  if (!sent || whyNot !== undefined) {
    if (!signal.aborted && !(whyNot instanceof DayIsFull)) throw whyNot;
    if (whyNot instanceof DayIsFull) lane.fullUntil = new Date(clock.now().getTime() + fullMs);
    return 'nothing';
  }
  const told = sent.outcome === 'taken' && sent.cost === undefined && Number(account.cost) > 0 ? { ...sent, cost: timesParts(account.cost, sent.parts) } : sent;
  tallies.count(account.accountNo, told, clock.now());
  return told;
}

/** What a message of so many parts costs. */
export const timesParts = (cost: string, parts = 1): string => formatDecimal((parseDecimal(cost) ?? 0n) * BigInt(parts));

/** A connection that failed: where all of the message had left, nobody can say what became of it. */
function faultOf(error: unknown, isGone: boolean): Sent {
  if (!(error instanceof Problem)) return { outcome: isGone ? 'unknown' : 'later', code: 'failed', isAccountsFault: true };
  const code = codeOf(error.code.replace(/^\w+\./, ''));
  return { outcome: error.params.mayHaveArrived === true ? 'unknown' : 'later', code, isAccountsFault: true };
}

async function keepHealth({ platform: { pg: pool, clock } }: HandOverDoors, lane: Lane, sent: Sent, isTrial: boolean): Promise<void> {
  if (sent.isAccountsFault) lane.health = await noteFault(pool, lane.account.accountNo, sent, isTrial, clock.now());
  else if (lane.health.failures > 0 || lane.health.breaks > 0) {
    lane.health = { failures: 0, breaks: 0, brokenUntil: null, restingUntil: lane.health.restingUntil };
    await noteWell(pool, lane.account.accountNo);
  }
}
