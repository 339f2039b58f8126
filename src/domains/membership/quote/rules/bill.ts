import { type Layer, type ListedLine, layOver, type Verdict } from './layers.ts';
import { allocate, sumOf, type Units } from './money.ts';
import { noPoints, type PointsAsked, pointsFor, type PointsUsed } from './points.ts';

export interface Cart {
  lines: readonly ListedLine[];
  layers: readonly Layer[];
  freight: Units;
  /** What the goods must come to for shipping to be free; null where it is not. */
  freeFrom: Units | null;
  tax: Units;
  /** Null where the buyer has none to spend: they are no member. */
  points: PointsAsked | null;
}

/** A line, or what is paid beside the lines, with what of it points paid and how many. */
export interface Paid {
  pointsMoney: Units;
  points: number;
  /** What is left to be paid in money. */
  pay: Units;
}

export interface BilledLine extends Paid {
  key: string;
  list: Units;
  net: Units;
  discounts: { layer: string; amount: Units }[];
}

export interface Bill {
  lines: BilledLine[];
  verdicts: Verdict[];
  /** Freight that is charged, and tax. */
  freight: Units;
  freightFree: Units;
  /** By how much the goods fall short of what makes shipping free. */
  missingForFree: Units;
  tax: Units;
  extras: Paid;
  points: PointsUsed;
  pay: Units;
}

/** What a cart costs: discounts by line, freight, tax, points. What stands for the lines comes exactly to what stands for the whole. */
export function billOf({ lines: given, layers, freight, freeFrom, tax, points: asked }: Cart): Bill {
  const verdicts = layOver(given, layers);
  const accepted = verdicts.filter((verdict) => verdict.accepted);
  const lines = given.map(({ key, list }) => {
    const discounts = accepted.flatMap(({ layer, parts }) => (parts.get(key) ? [{ layer: layer.key, amount: parts.get(key) ?? 0n }] : []));
    return { key, list, net: list - sumOf(discounts.map(({ amount }) => amount)), discounts };
  });
  const goods = sumOf(lines.map(({ net }) => net));
  const freightFree = freeFrom !== null && goods >= freeFrom ? freight : 0n;
  const extra = freight - freightFree + tax;
  const total = goods + extra;
  const excluding = accepted.find(({ layer }) => layer.excludes.includes('points'));
  const points = pointsOf(total, asked, excluding !== undefined);
  const byKey = lines.map((_, i) => i).sort((a, b) => (lines[a].key < lines[b].key ? -1 : 1));
  const owed = [...byKey.map((i) => lines[i].net), extra];
  const money = allocate(points.money, owed);
  const counts = allocate(BigInt(points.points), money, money.map((part) => (part > 0n ? BigInt(points.points) : 0n)));
  const paid = (at: number): Paid => ({ pointsMoney: money[at], points: Number(counts[at]), pay: owed[at] - money[at] });
  return {
    lines: lines.map((line, i) => ({ ...line, ...paid(byKey.indexOf(i)) })),
    verdicts, freight: freight - freightFree, freightFree, missingForFree: freeFrom !== null && goods < freeFrom ? freeFrom - goods : 0n, tax, extras: paid(lines.length), points, pay: total - points.money,
  };
}

function pointsOf(total: Units, asked: PointsAsked | null, isExcluded: boolean): PointsUsed {
  if (asked === null) return noPoints('not_a_member');
  return isExcluded && asked.wanted !== 0 ? noPoints('excluded') : pointsFor(total, asked);
}
