import type { z } from 'zod';
import type { Actor } from '../../../kernel/actor.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import { recordAudit } from '../../access/public.ts';
import type { Commerce } from '../../commerce/public.ts';
import { type DimensionName, type exportBreakdown, metricNames } from '../contract.ts';
import type { Answers } from '../question/answers.ts';
import { breakdownOf } from './breakdown.ts';

type ExportAsked = z.output<NonNullable<(typeof exportBreakdown)['query']>>;

/** As many rows as are taken out at once. */
const largestExport = 100_000;

/** A breakdown as cells of a file: key, name, and every metric of the period and of the one before. Audited. */
export async function exportBreakdownCells(platform: Platform, answers: Answers, products: Commerce['products'], actor: Actor, dimension: DimensionName, query: ExportAsked) {
  const { rows, total } = await breakdownOf(answers, products, dimension, { ...query, metrics: [], page: 1, pageSize: largestExport });
  if (total > largestExport) {
    throw new Problem('insights.export_too_large', { status: 422, params: { total, largest: largestExport } });
  }
  const { from, to } = query;
  await recordAudit(platform.pg, { actor, action: 'insights.export', subject: `breakdown:${dimension}`, details: { from, to, rows: total } });
  return cellsOf(rows);
}

async function* cellsOf(rows: Awaited<ReturnType<typeof breakdownOf>>['rows']) {
  for (const { key, label, figures, before } of rows) {
    yield [key, label, ...metricNames.map((name) => figures[name] ?? null), ...metricNames.map((name) => before[name] ?? null)];
  }
}
