import type pg from 'pg';
import { inBriefTransaction } from '../transaction.ts';
import type { Reason } from '../../contract.ts';
import { type Answer, candidateKey, type Parcel } from '../../part.ts';
import { personsOf } from '../persons.ts';
import type { OpenRun } from '../run-tools.ts';
import { type Queued, takeOut } from './claim.ts';
import type { InHand } from './delivery.ts';
import { createGather } from './gather.ts';
import { makeParcels, readAddressed, readKnown } from './make-parcels.ts';
import { noteHanding, type Noting } from './note-handing.ts';
import { recordAnswers, type Answered } from './record-answers.ts';

/** Rows that one statement changes. */
const rowsAtOnce = 500;
/** Answers of so long are written together: a process that dies meanwhile does not know them, and a transaction each costs more than all else. */
const answersMs = 20;
const againMs = 500;
/** An answer is worth waiting for a store that starts again: without it nobody knows any more. */
const triesOfAnswer = 60;

export interface Prepared {
  inHand: Map<string, InHand>;
  parcels: Parcel[];
}

/** Brings people who wait as far as a message that can leave; whoever cannot be reached any more is taken out on the way. */
export async function prepare({ tools: { platform, gate, channels }, run, templates }: OpenRun, queued: readonly Queued[]): Promise<Prepared> {
  const now = platform.clock.now();
  const addressed = await inBriefTransaction(platform.pg, async (client) => {
    if (run.sendUntil && run.sendUntil <= now) return outAll(client, 'too_old', queued);
    const persons = await personsOf(client, queued.map(({ customerNo }) => customerNo));
    const people = queued.flatMap((each) => {
      const personNo = persons.get(each.customerNo) ?? null;
      return personNo === null ? [] : [{ ...each, personNo }];
    });
    const found = await readAddressed(client, { channels, gate }, run, people);
    await outAll(client, 'erased', queued.filter(({ customerNo }) => persons.get(customerNo) === null));
    await outAll(client, 'no_address', missingFrom(people, found));
    return found;
  });
  const known = await readKnown(platform.pg, templates, addressed);
  const gone = missingFrom(addressed, known);
  const made = await makeParcels(platform.log, run, templates, known);
  const failed = known.filter((each) => !made.has(each));
  if (gone.length + failed.length > 0) {
    await inBriefTransaction(platform.pg, async (client) => {
      await outAll(client, 'no_address', gone);
      await outAll(client, 'template_refused', failed);
    });
  }
  const inHand = [...made].map(([{ customerNo, occasion, arm, personNo, isPlain, attempts }, { key }]): InHand => ({ key, customerNo, occasion, arm, personNo, isPlain, attempts, isNoted: false }));
  return { parcels: [...made.values()], inHand: new Map(inHand.map((each) => [each.key, each])) };

  async function outAll(client: pg.PoolClient, reason: Reason, people: readonly Queued[]): Promise<[]> {
    await takeOut(client, gate, run, people.map((each) => ({ ...each, reason })), now);
    return [];
  }
}

function missingFrom(people: readonly Queued[], found: readonly Queued[]): Queued[] {
  const keys = new Set(found.map(candidateKey));
  return people.filter((each) => !keys.has(candidateKey(each)));
}

/** Hands parcels of a run over: what is noted before they leave and what is answered is written for many at once. */
export interface HandOver {
  /** Resolves when each of them was answered or left. `busyMs` says for how long no account takes anything. */
  (prepared: Prepared, signal: AbortSignal): Promise<{ left: number; busyMs: number }>;
}

export function createHandOver({ tools, run }: OpenRun): HandOver {
  const { platform, gate, channels } = tools;
  const note = createGather((notings: readonly Noting[]) => noteHanding(platform, gate, run, notings), rowsAtOnce);
  const record = createGather(async (answers: readonly Answered[]) => {
    await patiently(() => recordAnswers(tools, run, answers));
    return answers;
  }, rowsAtOnce, answersMs);
  return async ({ inHand, parcels }, signal) => {
    const open = new Set(inHand.keys());
    let busyMs = 0;
    const noted = async (key: string, accountNo: number): Promise<void> => {
      const message = inHand.get(key);
      const attempts = message ? await note({ inHand: message, accountNo }) : null;
      if (!message || attempts === null) throw new NotHanded();
      Object.assign(message, { attempts, isNoted: true });
    };
    const answered = async (key: string, accountNo: number | null, answer: Answer): Promise<void> => {
      const message = inHand.get(key);
      if (!message) return;
      if (accountNo === null) busyMs = Math.max(busyMs, answer.retryAfterMs ?? 0);
      if (!message.isNoted) return;
      await record({ customerNo: message.customerNo, occasion: message.occasion, attempts: message.attempts, accountNo, answer });
      open.delete(key);
    };
    await channels.handOver(run.channel, parcels, noted, answered, signal);
    return { left: [...open].filter((key) => !inHand.get(key)?.isNoted).length, busyMs };
  };
}

/** Another process has it, or the person may not be reached any more. */
class NotHanded extends Error {
  constructor() {
    super('not handed over');
  }
}

async function patiently(work: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries === triesOfAnswer) throw error;
      await new Promise((done) => setTimeout(done, againMs));
    }
  }
}
