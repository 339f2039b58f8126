import type { Answer } from '../../part.ts';
import type { SendTools } from '../run-tools.ts';
import type { Run } from '../runs/run.ts';
import { afterAsking } from './after-answer.ts';
import { deliveryKey } from './delivery.ts';
import { recordAnswers, type Answered } from './record-answers.ts';

/** Messages whose answer nobody can say are asked after for so long while their provider is away. */
const askForMs = 24 * 3_600_000;
const lostAtOnce = 1_000;

interface Lost {
  customerNo: number;
  occasion: string;
  attempts: number;
  accountNo: number;
  handedAt: Date;
}

/**
 * Settles messages that were being handed over when their process died, or whose answer was lost: the provider is asked. One that keeps
 * repeats of a key away gets them again; of whom nothing can be said it is unknown whether they were reached, and they never are again.
 * Called while this process hands nothing of the run over. What cannot be asked after now stays, and the run with it.
 */
export async function settleLost(tools: SendTools, run: Run): Promise<void> {
  let after = { customerNo: -1, occasion: '' };
  for (;;) {
    const { rows } = await tools.platform.pg.query<Lost>(
      `select customer_no as "customerNo", occasion, attempts, account_no as "accountNo", handed_at as "handedAt" from send_delivery
       where occasion_on = $1 and run_no = $2 and state = 'handing' and (customer_no, occasion) > ($3, $4) order by customer_no, occasion limit $5`,
      [run.occasionOn, run.runNo, after.customerNo, after.occasion, lostAtOnce]);
    if (rows.length === 0) return;
    for (const [accountNo, lost] of Map.groupBy(rows, (each) => each.accountNo)) await settleAccount(tools, run, accountNo, lost);
    after = rows[rows.length - 1];
  }
}

async function settleAccount(tools: SendTools, run: Run, accountNo: number, lost: readonly Lost[]): Promise<void> {
  const { platform: { log, clock }, channels } = tools;
  let told: Map<string, Answer | 'repeat'>;
  try {
    told = await channels.askAfter(run.channel, accountNo, lost.map((each) => deliveryKey(run.runNo, each)));
  } catch (error) {
    log.warn({ err: error, account: accountNo }, 'what became of messages could not be asked');
    const since = clock.now().getTime() - askForMs;
    await recordAnswers(tools, run, lost.filter(({ handedAt }) => handedAt.getTime() <= since).map((each) => ({ ...each, answer: { outcome: 'unknown' } })));
    return;
  }
  await recordAnswers(tools, run, lost.map((each): Answered => ({ ...each, answer: afterAsking(told.get(deliveryKey(run.runNo, each)), each.attempts) })));
}
