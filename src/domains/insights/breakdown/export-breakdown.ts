import type { z } from 'zod';
import type { Actor } from '../../../kernel/actor.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Say } from '../../../platform/i18n.ts';
import type { Platform } from '../../../platform/platform.ts';
import { readBrand } from '../../../platform/settings.ts';
import type { WorkbookSheet } from '../../../platform/workbook/workbook.ts';
import { recordAudit } from '../../access/public.ts';
import type { Commerce } from '../../commerce/public.ts';
import { type DimensionName, type exportBreakdown, metricNames } from '../contract.ts';
import type { Answers } from '../question/answers.ts';
import { definitionsSheet, figureCells, figureColumns, keyFormat, provenanceFacts } from '../take-out/figure-columns.ts';
import { breakdownOf } from './breakdown.ts';

type ExportAsked = z.output<NonNullable<(typeof exportBreakdown)['query']>>;
type Rows = Awaited<ReturnType<typeof breakdownOf>>['rows'];

/** As many rows as are taken out at once. */
const largestExport = 100_000;

/** All rows of a breakdown, to be taken out. Audited. */
async function takeOut(platform: Platform, answers: Answers, products: Commerce['products'], actor: Actor, dimension: DimensionName, query: ExportAsked) {
  const breakdown = await breakdownOf(answers, products, dimension, { ...query, metrics: [], page: 1, pageSize: largestExport });
  const { total } = breakdown;
  if (total > largestExport) {
    throw new Problem('insights.export_too_large', { status: 422, params: { total, largest: largestExport } });
  }
  const { from, to, format } = query;
  await recordAudit(platform.pg, { actor, action: 'insights.export', subject: `breakdown:${dimension}`, details: { from, to, format, rows: total } });
  return breakdown;
}

/** A breakdown as cells of a file: key, name, and every metric of the period and of the one before. */
export async function exportBreakdownCells(...asked: Parameters<typeof takeOut>) {
  return cellsOf((await takeOut(...asked)).rows);
}

async function* cellsOf(rows: Rows) {
  for (const { key, label, figures, before } of rows) yield [key, label, ...figureCells(metricNames, figures, before)];
}

/** The same as a workbook: the table with its total, and what its numbers mean. */
export async function exportBreakdownSheets(say: Say, ...asked: Parameters<typeof takeOut>): Promise<{ sheets: WorkbookSheet[]; currency: string }> {
  const [platform, , , { locale }, dimension] = asked;
  const { rows, totals, totalsBefore, ...provenance } = await takeOut(...asked);
  const brand = await readBrand(platform.pg);
  const title = say(locale, 'insights', `dimension.${dimension}.label`);
  const isNamed = dimension === 'product';
  const table: WorkbookSheet = {
    title,
    columns: [{ title, format: keyFormat(dimension) }, ...(isNamed ? [{ title: say(locale, 'insights', 'takeOut.name'), format: 'text' as const, width: 32 }] : []), ...figureColumns(metricNames, say, locale)],
    totals: [say(locale, 'insights', 'takeOut.total'), ...(isNamed ? [null] : []), ...figureCells(metricNames, totals, totalsBefore)],
    rows: rows.map(({ key, label, figures, before }) => [key || say(locale, 'insights', 'breakdown.unknown'), ...(isNamed ? [label] : []), ...figureCells(metricNames, figures, before)]),
  };
  const facts = provenanceFacts({ ...provenance, ...brand }, say, locale);
  return { sheets: [table, definitionsSheet({ facts, metrics: metricNames, dimensions: [dimension] }, say, locale)], currency: brand.currency };
}
