import type pg from 'pg';
import { inBriefTransaction } from '../transaction.ts';
import type { Answer } from '../../part.ts';
import type { Place } from '../decisions.ts';
import { messageFact } from '../facts/message-facts.ts';
import type { SendTools } from '../run-tools.ts';
import type { Run } from '../runs/run.ts';
import { noteChanged } from '../summary/changed-runs.ts';
import { afterAnswer } from './after-answer.ts';

/** An answer to one attempt. */
export interface Answered extends Place {
  attempts: number;
  /** Null: nobody was asked to take it after all, and this was no attempt. */
  accountNo: number | null;
  answer: Answer;
}

/**
 * Writes down what providers answered, and that it was sent, in one transaction. Only the attempt that an answer is about takes it: one
 * that comes after another process has given the message up is still the truth of it where it ends it, and one of an attempt before says nothing.
 */
export async function recordAnswers({ platform: { pg: pool, clock }, tell, gate }: SendTools, run: Run, answers: readonly Answered[]): Promise<void> {
  if (answers.length === 0) return;
  const now = clock.now();
  const after = answers.map(({ answer, attempts }) => afterAnswer(answer, attempts, now));
  await inBriefTransaction(pool, async (client) => {
    const { rows } = await client.query<{ customerNo: number; occasion: string; arm: number; state: string }>({
      name: 'messaging.record-answers',
      text: `update send_delivery d set state = k.state, not_before = k.not_before, handed_at = $12, account_no = coalesce(k.account_no, d.account_no),
          attempts = d.attempts - case when k.account_no is null then 1 else 0 end, provider_id = coalesce(k.provider_id, d.provider_id), answer = k.answer, cost = coalesce(k.cost, d.cost)
        from unnest($3::int[], $4::text[], $5::smallint[], $6::text[], $7::timestamptz[], $8::int[], $9::text[], $10::text[], $11::numeric[])
          as k (customer_no, occasion, attempts, state, not_before, account_no, provider_id, answer, cost)
        where d.occasion_on = $2 and d.run_no = $1 and d.customer_no = any($3::int[]) and d.customer_no = k.customer_no and d.occasion = k.occasion and d.attempts = k.attempts
          and (d.state = 'handing' or (d.state = 'unknown' and k.state in ('handed', 'refused')))
        returning d.customer_no as "customerNo", d.occasion, d.arm, d.state`,
      values: [run.runNo, run.occasionOn, answers.map((a) => a.customerNo), answers.map((a) => a.occasion), answers.map((a) => a.attempts), after.map((a) => a.state),
        after.map((a) => a.notBefore), answers.map((a) => a.accountNo), answers.map(({ answer }) => answer.providerId ?? null),
        answers.map(({ answer }) => answer.code ?? null), answers.map(({ answer }) => answer.cost ?? null), now],
    });
    await gate.release(client, run, rows.filter(({ state }) => state === 'refused'), now);
    const sent = rows.filter(({ state }) => state === 'handed');
    await tell(client, sent.map(({ arm, ...message }) => messageFact(run, { kind: 'sent', message: { runNo: run.runNo, ...message }, arm, at: now })));
    await noteChanged(client, [run.runNo]);
  });
}

/** Takes people out who are not handed over after all; why, their decision says. */
export const drop = async (client: pg.ClientBase, { occasionOn, runNo }: Run, people: readonly Place[]): Promise<unknown> => people.length > 0 && client.query(
  `update send_delivery d set state = 'dropped' from unnest($3::int[], $4::text[]) as k (customer_no, occasion)
   where d.occasion_on = $1 and d.run_no = $2 and d.customer_no = any($3::int[]) and d.customer_no = k.customer_no and d.occasion = k.occasion and d.state = 'queued'`,
  [occasionOn, runNo, people.map((p) => p.customerNo), people.map((p) => p.occasion)]);
