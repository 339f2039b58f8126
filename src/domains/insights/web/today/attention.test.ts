import { describe, expect, it } from 'vitest';
import { attentionOf, type Found } from './attention.ts';

const now = new Date('2026-06-18T12:00:00Z');
const counts = { event: 1, order_line: 1 };
const calm: NonNullable<Found['quality']> = {
  intake: { backlogEvents: 0, lagSeconds: null, eventsPerSecond: 0, accepted: 9, duplicates: 0, setAside: 0, waitingSetAside: 0, minutes: [] },
  facts: { state: 'ready', dataVersion: 1, lastCheck: null, repairs: [] },
  flagged: [], declared: [], computedAt: now.toISOString(),
};
const file = (importId: number, state: 'failed' | 'done' | 'uploaded', rejected: number | null, createdAt = '2026-06-17T12:00:00Z'): NonNullable<Found['imports']>[number] => ({
  importId, kind: 'order_lines', state, fileName: `${importId}.csv`, sizeBytes: 1, rows: 3, rejected, createdAt, createdBy: 'test', finishedAt: null,
});

describe('what deserves attention', () => {
  it('is nothing on a calm day, nor for somebody who may see none of it', () => {
    expect(attentionOf({ quality: calm, imports: [file(1, 'done', 0)], duplicates: 0 }, now)).toEqual([]);
    expect(attentionOf({}, now)).toEqual([]);
  });

  it('says first what went wrong, then what waits', () => {
    const quality = { ...calm, intake: { ...calm.intake, backlogEvents: 70, lagSeconds: 61, waitingSetAside: 4 } };
    const found = attentionOf({ quality, imports: [file(3, 'uploaded', null), file(2, 'failed', null), file(1, 'done', 5)], duplicates: 2 }, now);
    expect(found.map(({ kind, count, isProblem }) => [kind, count, isProblem])).toEqual([
      ['late', 70, true], ['importFailed', 1, true], ['importRejected', 5, true], ['importWaiting', 1, false], ['setAside', 4, false], ['duplicates', 2, false]]);
    expect(found[1]).toMatchObject({ to: '/data/imports/2', file: '2.csv' });
  });

  it('leaves out what a week has passed over, and what was declared', () => {
    const flag = { eventName: 'Signed Up', property: 'tel', looksLike: 'phone' as const, occurrences: 3, firstSeenAt: now.toISOString(), lastSeenAt: now.toISOString(), declared: true };
    const repair = { checkedAt: '2026-06-10T00:00:00Z', logged: counts, found: counts, repairedBatches: 1, rebuilt: false };
    const quality = { ...calm, flagged: [flag], facts: { ...calm.facts, repairs: [repair] } };
    expect(attentionOf({ quality, imports: [file(2, 'failed', null, '2026-06-11T11:59:59Z')] }, now)).toEqual([]);
    expect(attentionOf({ quality: { ...quality, flagged: [{ ...flag, declared: false }] } }, now)).toMatchObject([{ kind: 'flagged', count: 1 }]);
  });

  it('tells of reports that did not go out, each with its history', () => {
    const report = (scheduleId: number, state: 'failed' | 'missed' | 'maybe_sent') => ({ scheduleId, name: '日报', state, dueAt: '2026-03-09T00:30:00Z' });
    const found = attentionOf({ reports: [report(1, 'failed'), report(2, 'missed'), report(3, 'maybe_sent')] }, new Date('2026-03-09T01:00:00Z'));
    expect(found.map(({ kind, isProblem, to, file }) => [kind, isProblem, to, file])).toEqual([
      ['reportFailed', true, '/insights/reporting/1', '日报'],
      ['reportMissed', true, '/insights/reporting/2', '日报'],
      ['reportUnsure', true, '/insights/reporting/3', '日报'],
    ]);
  });
});
