import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSay } from '../../../platform/i18n.ts';
import { type Question, question as questionSchema, type QuestionAsked } from '../contract.ts';
import { ownRegistry } from '../registry/own.ts';
import { readAsked } from './asked.ts';
import { bound } from './bound.ts';
import { planAnswer } from './plan.ts';
import { printPart } from './print.ts';

const registry = ownRegistry({ namesOf: async () => new Map() } as never, createSay());
const brand = { name: '常青', timeZone: 'Asia/Shanghai', currency: 'CNY' };
const now = new Date('2026-05-20T04:00:00Z');
const period = { from: '2026-03-01', to: '2026-03-31' };

const askedOf = (given: Omit<QuestionAsked, 'period'> & Partial<QuestionAsked>, page: { limit: number; offset: number } | null = null) =>
  readAsked(registry, questionSchema.parse({ period, ...given }) satisfies Question, page, brand, now);

function statementsOf(...given: Parameters<typeof askedOf>): string[] {
  const asked = askedOf(...given);
  const plan = planAnswer(registry, asked);
  return plan.parts.map((part) => printPart(registry, asked, plan, part).sql);
}

describe('statements', () => {
  it('are the same text whatever is looked for: values are bound', () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 });
    fc.assert(fc.property(text, text, (first, second) => {
      const printed = [first, second].map((value) => statementsOf({
        metrics: ['sales', 'newBuyers'],
        dimensions: ['product', 'gender'],
        filters: [{ dimension: 'channel', test: 'in', values: [value] }, { dimension: 'product', test: 'contains', value }, { dimension: 'province', test: 'not_in', values: [value] }],
      }));
      expect(printed[0]).toEqual(printed[1]);
    }));
  });

  it('bind what filters look for, and the moments of both periods in the zone of the brand', () => {
    const params = bound(askedOf({ metrics: ['sales'], filters: [{ dimension: 'channel', test: 'in', values: ["' or 1=1"] }], compare: 'lastYear' }, { limit: 20, offset: 40 }));
    expect(params).toEqual({
      from: '2025-02-28 16:00:00.000', beforeUntil: '2025-03-31 16:00:00.000', split: '2026-02-28 16:00:00.000', until: '2026-03-31 16:00:00.000',
      zone: 'Asia/Shanghai', currency: 'CNY', today: '2026-05-20', limit: 20, offset: 40, f0: ["' or 1=1"],
    });
  });

  it('are one a table, and read no line for who is new where every line counts', () => {
    expect(statementsOf({ metrics: ['sales', 'orders', 'buyers'], dimensions: ['month'] })).toHaveLength(1);
    const [lines, firstOrders] = statementsOf({ metrics: ['sales', 'returningBuyers'], dimensions: ['month'] });
    expect(lines).not.toContain('customer_summary');
    expect(firstOrders).not.toContain('order_line');
    expect(statementsOf({ metrics: ['sales', 'visitors', 'newCustomers', 'customers'], dimensions: ['gender'] })).toHaveLength(4);
  });

  it('count only what was asked for, and the period alone where nothing is compared', () => {
    const [alone] = statementsOf({ metrics: ['units'], dimensions: ['brand'] });
    expect(alone).not.toMatch(/sumIf\(amount|uniqExact|groupBitmap|_before/);
    const [compared] = statementsOf({ metrics: ['units'], dimensions: ['brand'], compare: 'before' });
    expect(compared.match(/_before/g)?.length).toBe(1);
  });

  it('read two ranges of time where the periods do not meet, and one where they do', () => {
    const [before] = statementsOf({ metrics: ['units'], compare: 'before' });
    const [lastYear] = statementsOf({ metrics: ['units'], compare: 'lastYear' });
    expect(before).not.toContain(' or occurred_at');
    expect(lastYear).toContain(' or occurred_at');
  });

  it.each([
    ['by a field', ['brand'], 'before', true],
    ['by two fields', ['brand', 'gender'], 'before', true],
    ['by time, of which every day has a row', ['day'], 'none', false],
    ['by time and field', ['day', 'brand'], 'none', true],
    ['by time and field of two periods, whose days are put beside each other', ['day', 'brand'], 'before', false],
  ] as const)('sort and cut in the engine or here: %s', (_what, dimensions, compare, isPagedByEngine) => {
    const asked = askedOf({ metrics: ['sales'], dimensions: [...dimensions], compare }, { limit: 10, offset: 0 });
    expect(planAnswer(registry, asked).isPagedByEngine).toBe(isPagedByEngine);
  });

  it('sort by the metric asked for, or by times, or by the first metric', () => {
    expect(askedOf({ metrics: ['orders', 'sales'], dimensions: ['brand'] }).sort).toEqual({ by: 'orders', descending: true });
    expect(askedOf({ metrics: ['orders'], dimensions: ['brand', 'week'] }).sort).toEqual({ by: 'week', descending: false });
    const [sql] = statementsOf({ metrics: ['orders'], dimensions: ['priceBand'], sort: { by: 'priceBand', descending: false } }, { limit: 5, offset: 0 });
    expect(sql).toContain('toFloat64OrNull(k0) asc');
  });
});
