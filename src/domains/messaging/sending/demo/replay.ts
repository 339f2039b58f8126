import type pg from 'pg';
import { halfSipHash } from '../../experiments/draw-arm.ts';
import { type Candidate, type Gate, type MessagingDoors, type NewRun } from '../../part.ts';
import { messageFact } from '../facts/message-facts.ts';
import { tellOfMessages, type Told } from '../facts/tell-of-messages.ts';
import { begin } from '../runs/change-runs.ts';
import { readRuns } from '../runs/run.ts';

/** How often what became of a message, of all that were sent, and how long after: as it is with text messages of a shop. */
const became: readonly { kind: Told['kind']; share: number; afterMs: number }[] = [
  { kind: 'delivered', share: 0.97, afterMs: 8_000 }, { kind: 'bounced', share: 0.02, afterMs: 20_000 }, { kind: 'clicked', share: 0.035, afterMs: 3 * 3_600_000 },
];
const factsAtOnce = 2_000;

/** A run that is over: who it meant is decided about by what is known of them, and of whom it went to the same things happened in every such brand. */
export async function replay(client: pg.PoolClient, gate: Gate, tell: MessagingDoors['facts']['tell'], given: NewRun, at: Date): Promise<number> {
  const runNo = await begin(client, given, at);
  const [run] = await readRuns(client, [runNo]);
  const people = given.arms.flatMap(({ people: ofArm, isControl }, arm): Candidate[] => [...ofArm].map((customerNo) => ({ customerNo, occasion: '', arm, isControl })));
  const decided = await gate.decide(client, run, people, at);
  const going = decided.filter(({ verdict }) => verdict === 'send').sort((a, b) => a.customerNo - b.customerNo);
  await gate.stillMay(client, run, going, at);
  await client.query(
    `insert into send_delivery (occasion_on, run_no, state, not_before, handed_at, attempts, customer_no, occasion, arm)
      select $1, $2, 'handed', $3, $3, 1, no, '', arm from unnest($4::int[], $5::smallint[]) as p (no, arm)`,
    [run.occasionOn, runNo, at, going.map(({ customerNo }) => customerNo), going.map(({ arm }) => arm)]);
  for (let from = 0; from < going.length; from += factsAtOnce) {
    const some = going.slice(from, from + factsAtOnce);
    await tell(client, some.map(({ customerNo, occasion, arm }) => messageFact(run, { kind: 'sent', message: { runNo, customerNo, occasion }, arm, at })));
    await tellOfMessages(client, tell, some.flatMap(({ customerNo }) => toldOf(runNo, customerNo, at)));
  }
  await client.query('update send_run_people set decided_to = 4294967295 where run_no = $1', [runNo]);
  await client.query("update send_run set state = 'done', finished_at = $2 where run_no = $1", [runNo, at]);
  // The days of it may have been counted before it was there.
  await client.query("delete from gate_counted_day where day between $1::date - 1 and $1::date + 1", [run.occasionOn]);
  return runNo;
}

/** By a lot of each person's own, the same in every brand that is made. A message that did not arrive led nowhere. */
function toldOf(runNo: number, customerNo: number, at: Date): Told[] {
  const message = { runNo, customerNo, occasion: '' };
  const lot = (n: number): number => halfSipHash(runNo, n, customerNo) / 2 ** 32;
  const [arrived, followed] = [lot(0), lot(1)];
  return became.flatMap(({ kind, share, afterMs }): Told[] => {
    const isSo = kind === 'delivered' ? arrived < share : kind === 'bounced' ? arrived >= 1 - share : arrived < became[0].share && followed < share;
    return isSo ? [{ kind, message, at: new Date(at.getTime() + Math.round(afterMs * (0.2 + lot(2)))), ...(kind === 'clicked' ? { position: 0 } : {}) }] : [];
  });
}
