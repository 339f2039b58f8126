import type pg from 'pg';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { addMonths, dayIn } from '../../../../kernel/day.ts';
import { identifierKinds } from '../../../customers/contract.ts';
import type { ChannelKind } from '../../contract.ts';
import type { FrequencyCap, GateRules, PlatformQuota, QuietTime } from '../../contract/gate-rules.ts';
import { inTime } from '../read/in-time.ts';
import { addressKind } from '../read/suppressed.ts';
import { zoneAttributes, zoneOfPerson } from '../read/time-zone.ts';
import { isQuiet } from '../rules/clock.ts';
import { periodsAt } from '../rules/periods.ts';
import { windowMs } from '../rules/windows.ts';

/** A set that takes longer is left out, and said to be. */
const longestMs = 2_000;
/** So few people are asked about by their numbers; of more everybody is. */
const few = 100_000;

/** Whom is asked about, by which channel, at what moment. */
export interface Question {
  pool: pg.Pool;
  people: Bitmap;
  channel: ChannelKind;
  category: string;
  at: Date;
  timeZone: string;
}

/** The numbers that a statement of one column `no` gives; it is told how to bind a column to those asked about. */
async function numbers({ pool, people }: Question, text: (among: (column: string) => string) => string, values: readonly unknown[]): Promise<Bitmap | null> {
  const isFew = people.size <= few;
  const among = (column: string): string => (isFew ? `${column} = any($1::int[])` : '$1::int[] is null');
  return inTime(pool, longestMs, async (client) => {
    const { rows } = await client.query<{ nos: string | null }>(`select string_agg(no::text, ',') as nos from (select distinct no from (${text(among)}) as found) as each`, [isFew ? [...people.toArray()] : null, ...values]);
    return bitmapOf(rows[0].nos);
  });
}

const bitmapOf = (text: string | null): Bitmap => Bitmap.fromSorted(Uint32Array.from((text ?? '').split(',').filter((no) => no !== ''), Number).sort());

/** Who has had as many of marketing as a cap lets through. */
export const atCap = (question: Question, cap: FrequencyCap): Promise<Bitmap | null> => numbers(question, (among) =>
  `select customer_no as no from send_claim join send_run using (run_no) where ${among('customer_no')} and send_claim.state = 2 and at > $2 and purpose = 'marketing' and program_kind <> 'test'
    and ($3::text is null or channel = $3) and ($4::text is null or category = $4) group by customer_no having count(*) >= $5`,
  [new Date(question.at.getTime() - windowMs(cap)), cap.channel, cap.category, cap.most]);

/** Who has had as many as a platform allows to one person on this day, or in this month. */
export const atQuota = (question: Question, { channel, per, most }: PlatformQuota): Promise<Bitmap | null> => numbers(question, (among) =>
  `select customer_no as no from send_claim join send_run using (run_no) where ${among('customer_no')} and send_claim.state = 2 and at >= $2 and channel = $3 group by customer_no having count(*) >= $4`,
  [new Date(periodsAt(question.timeZone, question.at)[per].beganMs), channel, most]);

/** How many more a platform takes of a channel on this day and in this month. */
export async function quotaLeft({ pool, channel, timeZone, at }: Question, rules: GateRules): Promise<number> {
  const quotas = rules.quotas.filter((quota) => quota.of === 'channel' && quota.channel === channel);
  if (quotas.length === 0) return Infinity;
  const periods = periodsAt(timeZone, at);
  const { rows } = await pool.query<{ per: string; used: number }>('select per, used from send_quota_use where channel = $1 and ((per = \'day\' and begins_on = $2) or (per = \'month\' and begins_on = $3))', [channel, periods.day.beginsOn, periods.month.beginsOn]);
  return Math.min(...quotas.map(({ per, most }) => Math.max(0, most - (rows.find((row) => row.per === per)?.used ?? 0))));
}

/** Who stands on the list of those that nothing of marketing goes to, by themselves or with every address they have. */
export function onList(question: Question): Promise<Bitmap | null> {
  const kind = addressKind[question.channel];
  return numbers(question, (among) =>
    `select customer_no as no from send_suppression where ${among('customer_no')} and (channel is null or channel = $2)
      union all
      select i.customer_no from identifier i join send_suppression s on s.hash = i.hash and s.kind = i.kind where ${among('i.customer_no')} and (s.channel is null or s.channel = $2)
        and (i.kind is distinct from $3 or not exists (select from identifier o where o.customer_no = i.customer_no and o.kind = $3
          and not exists (select from send_suppression t where t.hash = o.hash and t.kind = o.kind and (t.channel is null or t.channel = $2))))`,
    [question.channel, kind === undefined ? null : identifierKinds[kind]]);
}

/** Who is younger than marketing may reach, and of whom it is not known where that counts as young. */
export async function tooYoung(question: Question, { leastAge, reachesUnknownAge }: Pick<GateRules, 'leastAge' | 'reachesUnknownAge'>): Promise<Bitmap | null> {
  if (leastAge === null) return Bitmap.empty;
  const born = addMonths(dayIn(question.timeZone, question.at), -12 * leastAge);
  const young = await numbers(question, (among) => `select customer_no as no from customer_profile where ${among('customer_no')} and birth_date > $2::date`, [born]);
  if (young === null || reachesUnknownAge) return young;
  const known = await numbers(question, (among) => `select customer_no as no from customer_profile where ${among('customer_no')} and birth_date is not null`, []);
  return known && young.or(question.people.andNot(known));
}

/** For whom it is a quiet time: everybody by the brand's clock, or those by whose own it is. */
export async function inQuiet(question: Question, time: QuietTime): Promise<Bitmap | null> {
  const { pool, people, timeZone, at } = question;
  const isQuietHere = isQuiet(time, timeZone, at.getTime());
  if (time.clock === 'brand') return isQuietHere ? people : Bitmap.empty;
  const said = `coalesce(${zoneAttributes.map((name) => `attributes->>'${name}'`).join(', ')})`;
  const kinds = await inTime(pool, longestMs, async (client) =>
    (await client.query<{ country: string | null; said: string | null }>(`select distinct country, ${said} as said from customer_profile where customer_no = any($1::int[]) and (country is not null or ${said} is not null)`, [[...people.toArray()]])).rows);
  const others = kinds?.filter((kind) => isQuiet(time, zoneOfPerson(kind.said, kind.country) ?? timeZone, at.getTime()) !== isQuietHere) ?? null;
  if (others === null) return null;
  const elsewhere = others.length === 0 ? Bitmap.empty : await numbers(question, (among) =>
    `select customer_no as no from customer_profile join unnest($2::text[], $3::text[]) as k (country, said) on customer_profile.country is not distinct from k.country and ${said} is not distinct from k.said where ${among('customer_no')}`,
    [others.map(({ country }) => country), others.map((kind) => kind.said)]);
  return elsewhere && (isQuietHere ? people.andNot(elsewhere) : elsewhere);
}
