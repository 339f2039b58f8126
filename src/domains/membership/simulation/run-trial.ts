import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import { decodeGroupBitmap } from '../../../kernel/bitmap/group-bitmap.ts';
import { encodeBitmap } from '../../../kernel/bitmap/portable-write.ts';
import { readBrand } from '../../../platform/settings.ts';
import type { ProgrammeDefinition } from '../contract/programme.ts';
import type { MembershipDoors } from '../part.ts';
import { endTrial, findRow, keepTrial, type KeptResult, noteProgress, readReal, type TrialRow } from './kept/store.ts';
import { marksOf, mostMarks } from './rules/marks.ts';
import { hasPayments, simulate, type Simulated } from './walk/simulate.ts';
import type { TrialSetting } from './walk/walk-part.ts';

class Cancelled extends Error {}

/** Tries a version to the end. It may be begun again after a crash; what it comes to is kept once. */
export async function runTrial({ platform }: Pick<MembershipDoors, 'platform'>, trialNo: number, signal: AbortSignal): Promise<void> {
  const { pg: pool, clock, log } = platform;
  const row = await findRow(pool, trialNo);
  if (!row || (row.state !== 'waiting' && row.state !== 'running')) return;
  const tell = async (done: number): Promise<void> => {
    signal.throwIfAborted();
    if (!(await noteProgress(pool, trialNo, done))) throw new Cancelled();
  };
  try {
    await tell(0);
    if (marksOf([row.draft, row.present]).length > mostMarks) return await endTrial(pool, trialNo, 'failed', clock.now(), 'trial_too_many_marks');
    const setting = await settingOf(platform, row);
    const simulated = await simulate(platform, setting, (done) => tell(0.98 * done));
    const whole = await withOthers(platform.reader, row, simulated);
    await keepTrial(pool, trialNo, { ...kept(whole), real: await readReal(pool) }, whole.cells, clock.now());
  } catch (error) {
    if (signal.aborted) throw error;
    await endTrial(pool, trialNo, error instanceof Cancelled ? 'cancelled' : 'failed', clock.now(), error instanceof Cancelled ? null : 'trial_failed');
    if (!(error instanceof Cancelled)) log.error({ err: error, trial: trialNo }, 'a trial of the programme failed');
  }
}

const kept = ({ totals, cells, worst }: Simulated): Omit<KeptResult, 'real'> => ({ totals, worst, cells: Object.fromEntries([...cells].map(([cell, people]) => [cell, people.size])) });

async function settingOf({ pg: pool, reader }: MembershipDoors['platform'], { trialNo, draft, present, asOf }: TrialRow): Promise<TrialSetting> {
  const asks = (kind: string): boolean => [draft, present].some(({ points }) => points.multipliers.some(({ when }) => when.kind === kind));
  const { rows: grants } = await pool.query<TrialSetting['grants'][number]>(
    `select grant_no as "grantNo", customer_no as "customerNo", tier, (extract(epoch from starts_at) * 1000)::bigint as from, (extract(epoch from ends_at) * 1000)::bigint as until
      from tier_grant where approved_at is not null order by starts_at, grant_no`);
  const allowed = async ({ joining }: ProgrammeDefinition): Promise<Uint8Array | null> => {
    const agreed = joining.consent === null ? null : await agreeing(reader, joining, false);
    const asked = joining.who === 'application' ? await membersOf(pool) : null;
    const both = agreed && asked ? agreed.and(asked) : (agreed ?? asked);
    return both && encodeBitmap(both);
  };
  return {
    trialNo, draft, present, now: asOf.getTime(), timeZone: (await readBrand(pool)).timeZone, grants,
    hasPayments: await hasPayments(reader), hasBirthdays: asks('birthday'),
    allowed: { draft: await allowed(draft), present: await allowed(present) },
  };
}

/** Whoever is known and agrees to what a policy asks for; `byChannel` of those who came by its channels. */
async function agreeing(reader: MembershipDoors['platform']['reader'], { consent, channels }: ProgrammeDefinition['joining'], byChannel: boolean): Promise<Bitmap> {
  const sql = `select groupBitmapState(customer_no) from customer final where status = 'active' and ({consent:String} = '' or has(consents, {consent:String}))
    and (empty({channels:Array(String)}) or has({channels:Array(String)}, toString(channel)))`;
  const params = { consent: consent ? `${consent.channel}/${consent.purpose}/granted` : '', channels: byChannel ? channels : [] };
  return decodeGroupBitmap(Buffer.concat(await Array.fromAsync(reader.bytes(sql, 'RowBinary', params, { timeoutMs: 60_000 }))));
}

async function membersOf(pool: MembershipDoors['platform']['pg']): Promise<Bitmap> {
  const { rows } = await pool.query<{ people: number[] }>('select coalesce(array_agg(customer_no order by customer_no), array[]::int[]) as people from member where left_at is null');
  return Bitmap.fromSorted(rows[0].people);
}

/** Adds those who never ordered and are members all the same, where everybody is: all of them in the first tier. */
async function withOthers(reader: MembershipDoors['platform']['reader'], { draft, present }: TrialRow, simulated: Simulated): Promise<Simulated> {
  const cells = new Map(simulated.cells);
  const ordered = cells.get('ordered') ?? Bitmap.empty;
  cells.delete('ordered');
  const [inDraft, inPresent] = await Promise.all([draft, present].map(async ({ joining }) => (joining.who === 'everybody' ? (await agreeing(reader, joining, true)).andNot(ordered) : Bitmap.empty)));
  for (const [cell, people] of [['1/1', inDraft.and(inPresent)], ['1/0', inDraft.andNot(inPresent)], ['0/1', inPresent.andNot(inDraft)]] as const) {
    if (people.size > 0) cells.set(cell, (cells.get(cell) ?? Bitmap.empty).or(people));
  }
  const { totals } = simulated;
  totals.draft.members += inDraft.size;
  totals.present.members += inPresent.size;
  return { ...simulated, cells };
}
