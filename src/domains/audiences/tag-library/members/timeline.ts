import type pg from 'pg';
import { Problem } from '../../../../kernel/problem.ts';
import type { TimelineEntry, TimelineSource } from '../../../customers/public.ts';
import { end, movesOf, type TagMove } from './moves.ts';

/** What became of a person's computed tags, for their timeline. */
export const computedTagTimeline = (pool: pg.Pool): TimelineSource => ({
  kinds: ['computed_tag'],
  async page(customerNos, { computed_tag: before }, limit) {
    const from = before ?? end;
    if (!/^\d{1,18}$/.test(from.id)) throw new Problem('customers.bad_cursor');
    const entries: TimelineEntry[] = [];
    for (const customerNo of customerNos) {
      let found = 0;
      for await (const move of movesOf(pool, customerNo, from)) {
        if (move.kind === 'tiers') continue;
        entries.push(entryOf(move));
        if (++found >= limit) break;
      }
    }
    return entries.sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || Number(b.id) - Number(a.id)).slice(0, limit);
  },
});

const entryOf = ({ id, at, name, entered }: TagMove): TimelineEntry => ({
  kind: 'computed_tag',
  id: String(id),
  at: at.toISOString(),
  text: entered ? 'audiences:timeline.tagEntered' : 'audiences:timeline.tagLeft',
  params: { name },
  facts: [],
});
