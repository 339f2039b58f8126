import { describe, expect, it } from 'vitest';
import { createFormat } from '../../../../kernel/format.ts';
import type { Block } from '../../contract.ts';
import { businessChapter } from './business.ts';
import type { Sources } from './sources.ts';

const bodies = {
  position: [
    { itemNo: 1, parentNo: null, body: { name: 'Alumni lead', headcount: 1, opens: '2026-01-01', purpose: '', skills: [], kpi: [] } },
    { itemNo: 2, parentNo: null, body: { name: 'Manager', headcount: 2, opens: '2026-01-01', purpose: 'Leads', skills: ['Plans'], kpi: [] } },
  ],
};
const sources = {
  of: (kind: string) => bodies[kind as keyof typeof bodies] ?? [],
  word: (key: string, params: Record<string, unknown> = {}) => [key, ...Object.values(params)].join(' '),
  metrics: new Map(),
  format: createFormat({ locale: 'en', timeZone: 'Asia/Shanghai', currency: 'CNY' }),
} as unknown as Sources;
const textOf = (block: Block): unknown => ('text' in block ? block.text : 'items' in block ? block.items : block.is);

describe('the chapter of the core business', () => {
  it('tells of a position also while nothing is said of it yet', () => {
    const blocks = businessChapter(sources);
    const headings = blocks.filter(({ is }) => is === 'heading').map(textOf);
    expect(headings.filter((text) => String(text).startsWith('positionHead'))).toEqual([
      expect.stringContaining('Alumni lead 1'),
      expect.stringContaining('Manager 2'),
    ]);
    expect(blocks.map(textOf)).toContain('Leads');
  });

  it('is left out where a plan has none of it', () => {
    expect(businessChapter({ ...sources, of: () => [] } as unknown as Sources)).toEqual([]);
  });
});
