import type pg from 'pg';
import type { Platform } from '../../../../platform/platform.ts';
import { inBriefTransaction } from '../transaction.ts';
import { candidateKey, type Gate } from '../../part.ts';
import type { Run } from '../runs/run.ts';
import type { InHand } from './delivery.ts';
import { drop } from './record-answers.ts';

export interface Noting {
  inHand: InHand;
  accountNo: number;
}

/** Somebody else is at a person: they are asked about again after so long. */
const busyMs = 1_000;

/**
 * Commits that these are being handed over, before anything of them leaves; answers with the number of the attempt, null for those who
 * may not be handed over: the run does not go on any more, another process has them, the gate has its last word against them, or they
 * became somebody else, or refused what is chosen for them, since their message was made. The run's row is locked meanwhile: a pause or an end waits for those that are
 * being noted, and nobody is noted after it. The gate keeps its word until the transaction ends: whoever refuses comes before or after.
 */
export async function noteHanding({ pg: pool, clock }: Platform, gate: Gate, run: Run, notings: readonly Noting[]): Promise<(number | null)[]> {
  const now = clock.now();
  const [first, again] = [notings.filter(({ inHand }) => !inHand.isNoted), notings.filter(({ inHand }) => inHand.isNoted)];
  const attempts = await inBriefTransaction(pool, async (client) => {
    const { rowCount } = await client.query("select 1 from send_run where run_no = $1 and state = 'running' for share", [run.runNo]);
    if (rowCount === 0) return new Map<string, number>();
    const words = await gate.stillMay(client, run, first.map(({ inHand }) => inHand), now);
    const wordOf = ({ inHand }: Noting) => words.get(candidateKey(inHand));
    await drop(client, run, first.filter((each) => wordOf(each) === undefined).map(({ inHand }) => inHand));
    await putOff(client, run, first.filter((each) => wordOf(each)?.word === 'busy').map(({ inHand }) => inHand), new Date(now.getTime() + busyMs));
    const going = first.filter((each) => {
      const word = wordOf(each);
      return word?.word === 'go' && word.personNo === each.inHand.personNo && word.isPlain === each.inHand.isPlain;
    });
    return markHanding(client, run, [...going, ...again], now);
  });
  return notings.map(({ inHand }) => attempts.get(inHand.key) ?? null);
}

/**
 * Only from the state that each was seen in: of two processes that have the same message one is first. Their numbers are given beside the
 * join, here and wherever deliveries are found by it: statistics that know of no row of a new run would have all of its rows compared with all of these.
 */
async function markHanding(client: pg.PoolClient, { runNo, occasionOn }: Run, notings: readonly Noting[], now: Date): Promise<Map<string, number>> {
  if (notings.length === 0) return new Map();
  const { rows } = await client.query<{ key: string; attempts: number }>({
    name: 'messaging.mark-handing',
    text: `update send_delivery d set state = 'handing', account_no = k.account_no, handed_at = $3, attempts = d.attempts + case when d.state = 'queued' then 1 else 0 end
      from unnest($4::text[], $5::int[], $6::text[], $7::int[], $8::smallint[]) as k (key, customer_no, occasion, account_no, attempts)
      where d.occasion_on = $2 and d.run_no = $1 and d.customer_no = any($5::int[]) and d.customer_no = k.customer_no and d.occasion = k.occasion
        and (d.state = 'queued' or (d.state = 'handing' and d.attempts = k.attempts))
      returning k.key, d.attempts`,
    values: [runNo, occasionOn, now, notings.map(({ inHand }) => inHand.key), notings.map(({ inHand }) => inHand.customerNo), notings.map(({ inHand }) => inHand.occasion),
      notings.map(({ accountNo }) => accountNo),
      // Once it was noted here, a second account may stand in for the first.
      notings.map(({ inHand }) => (inHand.isNoted ? inHand.attempts : -1))],
  });
  return new Map(rows.map(({ key, attempts }) => [key, attempts]));
}

const putOff = async (client: pg.PoolClient, { runNo, occasionOn }: Run, people: readonly InHand[], until: Date): Promise<unknown> => people.length > 0 && client.query(
  `update send_delivery d set not_before = $3 from unnest($4::int[], $5::text[]) as k (customer_no, occasion)
   where d.occasion_on = $2 and d.run_no = $1 and d.customer_no = any($4::int[]) and d.customer_no = k.customer_no and d.occasion = k.occasion and d.state = 'queued'`,
  [runNo, occasionOn, until, people.map((p) => p.customerNo), people.map((p) => p.occasion)]);
