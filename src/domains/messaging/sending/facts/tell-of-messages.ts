import type pg from 'pg';
import type { MessageOf, MessagingDoors } from '../../part.ts';
import { readRuns, type Run } from '../runs/run.ts';
import { noteChanged } from '../summary/changed-runs.ts';
import { lockDeliveries } from './lock-deliveries.ts';
import { messageFact, type MessageFact } from './message-facts.ts';
import { toldBits, type ToldBit } from './told-bits.ts';

/** Something that was seen of a message. */
export interface Told {
  kind: ToldBit;
  message: MessageOf;
  at: Date;
  /** The place of the link that was followed. */
  position?: number;
}

/** Nobody has a mail on their screen so soon: programs that look mails through before they are put into a mailbox fetch its pictures then, under a browser's name. */
const soonSeconds = 10;
/** Links from here on share a bit. */
const lastLinkBit = 62;

/**
 * Writes down what was seen of messages, and makes facts of what was not known yet, in the caller's transaction: however often and by
 * however many it is told, one of them turns the bit. Whoever tells of a message of which nobody knew whether it arrived has settled that.
 * Answers with what was seen as it was taken, in its order: an opening that came too soon for a person is a program's.
 */
export async function tellOfMessages(client: pg.ClientBase, tell: MessagingDoors['facts']['tell'], seen: readonly Told[]): Promise<Told[]> {
  if (seen.length === 0) return [];
  const told = await withMachines(client, seen);
  const runs = new Map((await readRuns(client, [...new Set(told.map(({ message }) => message.runNo))])).map((run) => [run.runNo, run]));
  const facts: { run: Run; fact: MessageFact }[] = [];
  await lockDeliveries(client, told.flatMap(({ message }) => {
    const run = runs.get(message.runNo);
    return run ? [{ ...message, occasionOn: run.occasionOn }] : [];
  }));
  for (const [runNo, ofRun] of Map.groupBy(told, ({ message }) => message.runNo)) {
    const run = runs.get(runNo);
    if (!run) continue;
    for (const same of Map.groupBy(distinct(ofRun), ({ kind, position }) => `${kind} ${linkBit(position)}`).values()) {
      for (const fact of await turnBits(client, run, same)) facts.push({ run, fact });
    }
  }
  if (facts.length === 0) return told;
  await tell(client, facts.map(({ run, fact }) => messageFact(run, fact)));
  await noteChanged(client, facts.map(({ run }) => run.runNo));
  return told;
}

async function withMachines(client: pg.ClientBase, seen: readonly Told[]): Promise<Told[]> {
  const opened = seen.filter(({ kind }) => kind === 'opened');
  if (opened.length === 0) return [...seen];
  const { rows } = await client.query<{ place: number }>(
    `select k.place from unnest($1::int[], $2::int[], $3::text[], $4::timestamptz[]) with ordinality as k (run_no, customer_no, occasion, at, place) join send_run r using (run_no)
      join send_delivery d on d.occasion_on = r.occasion_on and d.run_no = k.run_no and d.customer_no = k.customer_no and d.occasion = k.occasion
      where d.customer_no = any($2::int[]) and k.at < d.handed_at + make_interval(secs => $5)`,
    [opened.map(({ message }) => message.runNo), opened.map(({ message }) => message.customerNo), opened.map(({ message }) => message.occasion), opened.map(({ at }) => at), soonSeconds]);
  const soon = new Set(rows.map(({ place }) => opened[Number(place) - 1]));
  return seen.map((one) => (soon.has(one) ? { ...one, kind: 'opened_by_machine' } : one));
}

const linkBit = (position: number | undefined): number | null => (position === undefined ? null : Math.min(position, lastLinkBit));

/** The first of what is told twice. */
const distinct = (told: readonly Told[]): Told[] =>
  [...new Map([...told].reverse().map((each) => [`${each.kind} ${linkBit(each.position)} ${each.message.customerNo} ${each.message.occasion}`, each])).values()];

/** Turns one bit of many messages of a run; answers with the facts of those where it was not turned before. */
async function turnBits(client: pg.ClientBase, run: Run, told: readonly Told[]): Promise<MessageFact[]> {
  const [{ kind, position }] = told;
  const link = linkBit(position);
  const { rows } = await client.query<{ customerNo: number; occasion: string; arm: number; was: string; at: Date }>({
    name: 'messaging.turn-bits',
    text: `update send_delivery d set told = d.told | $3, clicked_links = d.clicked_links | $4::bigint, state = case when d.state = 'unknown' then 'handed' else d.state end
      from unnest($5::int[], $6::text[], $7::timestamptz[]) as k (customer_no, occasion, at)
      where d.occasion_on = $2 and d.run_no = $1 and d.customer_no = any($5::int[]) and d.customer_no = k.customer_no and d.occasion = k.occasion and d.state in ('handing', 'handed', 'unknown', 'refused')
        and (d.told & $3 = 0 or d.clicked_links & $4::bigint <> $4::bigint)
      returning d.customer_no as "customerNo", d.occasion, d.arm, old.state as was, k.at`,
    values: [run.runNo, run.occasionOn, toldBits[kind], link === null ? '0' : (1n << BigInt(link)).toString(), told.map((t) => t.message.customerNo), told.map((t) => t.message.occasion), told.map((t) => t.at)],
  });
  return rows.flatMap(({ customerNo, occasion, arm, was, at }): MessageFact[] => {
    const of = { message: { runNo: run.runNo, customerNo, occasion }, arm, at };
    const fact: MessageFact = kind === 'opened_by_machine' ? { ...of, kind: 'opened', about: { machine: true } } : { ...of, kind, ...(link !== null && { about: { link } }) };
    return was === 'unknown' ? [{ ...of, kind: 'sent' }, fact] : [fact];
  });
}
