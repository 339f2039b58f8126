import { type Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { decodeBitmap } from '../../../../kernel/bitmap/portable-read.ts';
import type { QueryParams } from '../../../../platform/clickhouse/client.ts';
import type { NativeBlock } from '../../../../platform/clickhouse/native-blocks.ts';
import { eachPerson } from '../../../insights/public.ts';
import type { ProgrammeDefinition } from '../../contract/programme.ts';
import type { Grant } from '../../tiers/rules/life.ts';
import { Programmed } from '../rules/lived.ts';
import type { Spend } from '../rules/lots.ts';
import { type Mark, marksOf, Tokens } from '../rules/marks.ts';
import { linesSql, ordersOf, type RowShape, widthsOf } from './rows.ts';
import { type TrialFigures, TrialTally } from './tally.ts';

/** All that a trial goes by: kept by the thread from one part to the next. */
export interface TrialSetting {
  trialNo: number;
  draft: ProgrammeDefinition;
  present: ProgrammeDefinition;
  now: number;
  timeZone: string;
  hasPayments: boolean;
  hasBirthdays: boolean;
  /** Bitmaps of whom each lets in; null for everybody. */
  allowed: Record<'draft' | 'present', Uint8Array | null>;
  grants: readonly (Grant & { customerNo: number })[];
}

/** Some of the people: those of numbers after one, up to another; or whoever is part of a merge. */
export interface TrialPart {
  setting: TrialSetting;
  whose: { after: number; until: number } | 'merged';
  /** What these people really spent, ascending: of whom, when, how much. */
  spends: { customerNos: Uint32Array; ats: Float64Array; points: Float64Array };
}

export interface TrialDoors {
  blocks(sql: string, params: QueryParams): AsyncIterable<NativeBlock>;
  merged(): Promise<ReadonlyMap<number, number>>;
  birthDates(after: number, until: number): Promise<ReadonlyMap<number, string>>;
}

/** Goes through the orders of some people, one person after the other, under both programmes. */
export async function walkPart({ setting, whose, spends }: TrialPart, doors: TrialDoors): Promise<TrialFigures> {
  const { draft, present, now, hasPayments } = setting;
  const { marks, drafted, presented } = programmesOf(setting);
  const shape: RowShape = { marks, hasPayments };
  const merged = whose === 'merged' ? await doors.merged() : new Map<number, number>();
  const births = setting.hasBirthdays ? await (whose === 'merged' ? doors.birthDates(0, 2 ** 32 - 1) : doors.birthDates(whose.after, whose.until)) : null;
  const grants = Map.groupBy(setting.grants, ({ customerNo }) => merged.get(customerNo) ?? customerNo);
  const spent = spendsOf(spends, merged);
  const tally = new TrialTally(draft, present);
  const params = { now, ...(whose === 'merged' ? {} : whose), ...Object.fromEntries(marks.map(({ values }, bit) => [`mark${bit}`, values])) };
  const rows = { blocks: doors.blocks(linesSql(shape, whose === 'merged' ? 'merged' : 'some'), params), widths: widthsOf(shape), merged };
  await eachPerson(rows, (customerNo, columns, from, until) => {
    const orders = ordersOf(columns, from, until);
    if (orders.length === 0) return;
    const person = { customerNo, orders, birthDate: births?.get(customerNo) ?? null, spends: spent.get(customerNo) ?? [], grants: grants.get(customerNo) ?? [] };
    tally.add(customerNo, drafted.lived(person, now), presented.lived(person, now));
  });
  return tally.taken();
}

interface Programmes {
  marks: readonly Mark[];
  drafted: Programmed;
  presented: Programmed;
}
let kept: (Programmes & { trialNo: number }) | undefined;

/** They remember days: they are kept from one part of a trial to the next. */
function programmesOf({ trialNo, draft, present, timeZone, allowed }: TrialSetting): Programmes {
  if (kept?.trialNo === trialNo) return kept;
  const marks = marksOf([draft, present]);
  const tokens = new Tokens(marks);
  kept = { trialNo, marks, drafted: new Programmed(draft, tokens, timeZone, allowedBy(allowed.draft)), presented: new Programmed(present, tokens, timeZone, allowedBy(allowed.present)) };
  return kept;
}

function allowedBy(bytes: Uint8Array | null): (customerNo: number) => boolean {
  if (!bytes) return () => true;
  const allowed: Bitmap = decodeBitmap(bytes);
  return (customerNo) => allowed.has(customerNo);
}

function spendsOf({ customerNos, ats, points }: TrialPart['spends'], merged: ReadonlyMap<number, number>): Map<number, Spend[]> {
  const spent = new Map<number, Spend[]>();
  for (const [i, no] of customerNos.entries()) {
    const root = merged.get(no) ?? no;
    const own = spent.get(root);
    if (own) own.push({ at: ats[i], points: points[i] });
    else spent.set(root, [{ at: ats[i], points: points[i] }]);
  }
  if (merged.size > 0) for (const own of spent.values()) own.sort((a, b) => a.at - b.at);
  return spent;
}
