import { type Block, type PlanMetric, unitOf } from '../../contract.ts';
import { paragraph, table, under } from '../blocks.ts';
import type { Sources } from './sources.ts';
import { figureText } from './figure-text.ts';

/** Deeper than this a name has no room left beside its figures. */
const deepest = 6;

/** What the goal is: the tree, each goal with its metric and the targets of the years. */
export function goalChapter(sources: Sources): Block[] {
  const { of, word, metrics, plan } = sources;
  const first = Number(plan.startsOn.slice(0, 4));
  const years = Array.from({ length: Math.min(5, plan.years) }, (_, n) => String(first + n));
  // Five years stand side by side: a long amount would be broken across lines.
  const short = (value: string, unit: PlanMetric['unit'] | undefined): string => (unit === 'money' ? sources.format.compactMoney(value) : figureText(sources, value, unit));
  const rowsOf = (parentNo: number | null, depth: number): string[][] => of('goal', parentNo).flatMap(({ itemNo, body }) => {
    const metric = body.metric && metrics.get(body.metric.metric);
    const targets = new Map(body.targets.filter(({ period }) => unitOf(period) === 'year').map(({ period, value }) => [period, short(value, metric?.unit)]));
    return [[`${'　'.repeat(Math.min(depth, deepest))}${body.name}`, metric?.label ?? '', body.owner?.name ?? '', ...years.map((year) => targets.get(year) ?? '–')], ...rowsOf(itemNo, depth + 1)];
  });
  return under(1, word('goal'),
    of('conclusion').flatMap(({ body }) => paragraph(body.goal, 'lead')),
    under(2, word('goalTree'), table([{ title: word('goalName'), share: 3 }, { title: word('metric'), share: 1.6 }, { title: word('owner'), share: 1.5 }, ...years.map((year) => ({ title: year, share: 1.3, isNumber: true }))], rowsOf(null, 0))));
}
