import { describe, expect, it } from 'vitest';
import type { DryRun, ImportSummary } from '../../domains/collect/imports/contract.ts';
import { createSpeech } from '../terminal/speech.ts';
import { dryRunLines, summaryLines } from './report.ts';

const counts = { rows: 1_000, accepted: 990, rejected: 10, unpaid: 0, repeated: 3, withoutCustomer: 5, valuesLeftOut: 2, facts: 990 };
const faults = [{ column: '数量', failure: 'not_a_number', rows: 10, rejected: true }, { column: null, failure: 'not_a_phone', rows: 2, rejected: false }];
const summary: ImportSummary = {
  counts, faults, newCustomers: 40, newIdentifiers: 41, currency: 'CNY', seconds: 2, computedAt: '2026-06-18T00:00:00Z', changed: 7,
  orders: { lines: 990, customers: 40, orders: 500, refundOrders: 12, net: '9747747.934', linesWithoutCustomer: 5, from: null, to: null },
  events: { events: 3, customers: 1, eventsWithoutCustomer: 2, from: null, to: null },
};
const found: DryRun = {
  counts, wholeFile: false, faults, net: '12.5', refunds: 3, from: '2026-01-02T03:04:05Z', to: '2026-02-03T04:05:06Z', at: '2026-06-18T00:00:00Z',
  firstRejected: [{ rowNumber: 7, cells: ['x'], faults: [{ column: '数量', failure: 'not_a_number', value: '十' }] }],
};

describe.each(['zh_CN', 'zh_TW', 'en_GB'])('what is told of an import in %s', (language) => {
  const speech = createSpeech({ LANG: language });

  it('has a sentence for everything', () => {
    const lines = [...dryRunLines(found, speech), ...summaryLines(summary, speech)].join('\n');
    expect(lines).not.toMatch(/command\.|counts\.|\brow\.|\{\{|undefined/);
    for (const part of ['1,000', '990', '12.5', '2026-01-02', '9747747.934', '500', '十']) expect(lines).toContain(part);
  });

  it('is silent about what there is none of', () => {
    const nothing = { ...counts, rejected: 0, repeated: 0, withoutCustomer: 0, valuesLeftOut: 0 };
    expect(summaryLines({ ...summary, counts: nothing, faults: [], orders: undefined, events: undefined, changed: undefined }, speech)).toHaveLength(3);
  });
});
