import { ask } from '../../../platform/clickhouse/query.ts';
import type { Platform } from '../../../platform/platform.ts';
import { momentsOf, momentText } from '../../commerce/public.ts';
import type { Asked } from './asked.ts';
import { planAnswer } from './plan.ts';
import { type AnswerRow, printAnswer, printNewBuyers } from './print.ts';

/** Rows by key, in their order, and their sum. */
export interface Answer {
  rows: AnswerRow[];
  total: AnswerRow | undefined;
  /** How many rows there are when all pages are counted. */
  rowCount: number;
}

/** Puts a question to ClickHouse. */
export async function runAnswer({ reader }: Platform, asked: Asked): Promise<Answer> {
  const plan = planAnswer(asked);
  const params = bind(asked);
  const [rows, newBuyers] = await Promise.all([
    ask(reader, printAnswer(asked, plan), params),
    plan.newBuyersFrom === 'totals' ? ask(reader, printNewBuyers(asked), params) : [],
  ]);
  const all = joined(rows, newBuyers);
  const total = all.find((row) => row.isTotal === 1);
  return { rows: all.filter((row) => row.isTotal === 0), total, rowCount: total?.rowCount ?? 0 };
}

function bind(asked: Asked) {
  const { filters, timeZone } = asked;
  const now = momentsOf(asked.period, timeZone);
  return {
    from: momentText(momentsOf(asked.before, timeZone).from),
    split: momentText(now.from),
    until: momentText(now.until),
    channels: filters.channel,
    regions: filters.region,
    categories: filters.category,
    brands: filters.brand,
    productId: filters.product ?? '',
    zone: timeZone,
    currency: asked.currency,
    search: asked.search,
    limit: asked.page?.limit ?? 0,
    offset: asked.page?.offset ?? 0,
  };
}

const nameOf = (row: AnswerRow): string => (row.isTotal === 1 ? 'total' : `row ${row.key}`);

/** New buyers that come from elsewhere, put into the rows they belong to. */
function joined(rows: AnswerRow[], newBuyers: AnswerRow[]): AnswerRow[] {
  const byName = new Map(newBuyers.map((row) => [nameOf(row), row]));
  return rows.map((row) => ({ ...byName.get(nameOf(row)), ...row }));
}
