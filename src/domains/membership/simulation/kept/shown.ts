import { formatDecimal, parseDecimal } from '../../../../kernel/decimal.ts';
import type { Locale } from '../../../../kernel/locale.ts';
import type { Say } from '../../../../platform/i18n.ts';
import type { ShownTrial, TrialPeople, TrialResult, TrialSide } from '../../contract/trials.ts';
import { nameIn, type ProgrammeDefinition } from '../../contract/programme.ts';
import { placeIn, type Side, type Stood } from '../walk/tally.ts';
import type { KeptResult, TrialRow } from './store.ts';

export type Named = (customerNos: readonly number[]) => Promise<Map<number, string>>;

export const shownTrial = ({ trialNo, versionNo, againstNo, draft, state, progress, asOf, askedBy, finishedAt, failure }: TrialRow, say: Say, locale: Locale): ShownTrial => ({
  trialNo, versionNo, againstNo, names: draft.names, state, progress, asOf: asOf.toISOString(), askedBy, finishedAt: finishedAt?.toISOString() ?? null,
  failure: failure === null ? null : say(locale, 'membership', `problem.${failure}`),
});

/** A cell's tiers, null for no member. */
export interface Move {
  cell: string;
  from: string | null;
  to: string | null;
  people: number;
}

/** Where people stand under both, without those who stand nowhere. */
export function movesOf({ draft, present, result }: Pick<TrialRow, 'draft' | 'present' | 'result'>): Move[] {
  const keyOf = ({ tiers }: ProgrammeDefinition, number: string): string | null => tiers[Number(number) - 1]?.key ?? null;
  return Object.entries(result?.cells ?? {}).flatMap(([cell, people]) => {
    const [to, from] = cell.split('/');
    return from === undefined ? [] : [{ cell, from: keyOf(present, from), to: keyOf(draft, to), people }];
  });
}

/** Whether a move is up or down, by the order of the draft; null for neither. */
export function wayOf({ from, to }: Pick<Move, 'from' | 'to'>, draft: ProgrammeDefinition): 'up' | 'down' | null {
  const [was, is] = [from === null ? -1 : placeIn(draft, from), to === null ? -1 : placeIn(draft, to)];
  return is > was ? 'up' : is < was ? 'down' : null;
}

/** The cells that a number is made of. */
export function cellsOf(row: TrialRow, of: TrialPeople): string[] {
  if (of === 'fewer' || of === 'more') return [of];
  const moves = movesOf(row).filter((move) => (typeof of === 'string' ? wayOf(move, row.draft) === of : move.from === of.from && move.to === of.to));
  return moves.map(({ cell }) => cell);
}

export async function shownResult(row: TrialRow, named: Named, say: Say, locale: Locale): Promise<TrialResult | null> {
  const { draft, present, result } = row;
  if (!result) return null;
  const moves = movesOf(row);
  const ways = (way: 'up' | 'down'): number => moves.filter((move) => wayOf(move, draft) === way).reduce((sum, { people }) => sum + people, 0);
  const names = await named(result.worst.map(({ customerNo }) => customerNo));
  const why = (stood: Stood, definition: ProgrammeDefinition): TrialResult['worst'][number]['draft'] => ({ tier: stood.tier, growth: stood.growth, outstanding: stood.outstanding, why: whyOf(stood, definition, say, locale) });
  return {
    draft: shownSide('draft', draft, result, moves), present: shownSide('present', present, result, moves),
    real: { ...result.real.points, members: result.real.tiers.reduce((sum, { members }) => sum + members, 0), tiers: result.real.tiers },
    moves: moves.map(({ from, to, people }) => ({ from, to, people })),
    up: ways('up'), down: ways('down'), fewer: result.cells.fewer ?? 0, more: result.cells.more ?? 0,
    worst: result.worst.map(({ customerNo, levels, pointsLost, ...sides }) => ({
      customerNo, name: names.get(customerNo) ?? null, levels, pointsLost, draft: why(sides.draft, draft), present: why(sides.present, present),
    })),
  };
}

function shownSide(side: Side, { tiers, points: { worth } }: ProgrammeDefinition, { totals }: KeptResult, moves: readonly Move[]): TrialSide {
  const { members, earned, takenBack, spent, uncovered, expired, outstanding } = totals[side];
  const money = (points: number): string => formatDecimal(BigInt(points) * (parseDecimal(worth) ?? 0n));
  return {
    members, earned, takenBack, spent, uncovered, expired, outstanding, cost: money(earned - takenBack), liability: money(outstanding),
    tiers: tiers.map(({ key, names, color }) => ({ key, names, color, members: moves.filter((move) => (side === 'draft' ? move.to : move.from) === key).reduce((sum, { people }) => sum + people, 0) })),
  };
}

/** Why somebody would be in a tier: what happened last, or what they lack for the next. */
function whyOf({ tier, growth, lastChange }: Stood, { tiers }: ProgrammeDefinition, say: Say, locale: Locale): string {
  const number = new Intl.NumberFormat(locale);
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const nameOf = (key: string): string => nameIn(tiers.find((each) => each.key === key)?.names ?? {}, locale);
  if (tier === null) return say(locale, 'membership', 'trial.why.nobody');
  if (!lastChange) {
    const next = tiers.at(1);
    return next ? say(locale, 'membership', 'trial.why.first', { growth: number.format(growth), needed: number.format(next.entry), next: nameIn(next.names, locale) }) : say(locale, 'membership', 'trial.why.only');
  }
  const { kind, to, at, derivation: { total, needed } } = lastChange;
  const counted = total === undefined || needed === undefined ? '' : say(locale, 'membership', 'trial.why.counted', { total: number.format(total), needed: number.format(needed) });
  return say(locale, 'membership', `trial.why.${kind}`, { tier: nameOf(to), day: day.format(at), counted });
}
