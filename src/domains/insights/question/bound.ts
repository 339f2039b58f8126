import { z } from 'zod';
import type { QueryParams } from '../../../platform/clickhouse/client.ts';
import { momentsOf, momentText } from '../../commerce/public.ts';
import type { Asked } from './asked.ts';

/** Values of a question on their way into statements; each is bound and none is ever part of a text. */
export const boundParams = z.record(z.string(), z.unknown());

/** What every statement of a question may name. */
export function bound({ period, against, timeZone, currency, today, page, filters }: Asked): QueryParams {
  const now = momentsOf(period, timeZone);
  const before = against ? momentsOf(against, timeZone) : now;
  return {
    from: momentText(before.from),
    beforeUntil: momentText(before.until),
    split: momentText(now.from),
    until: momentText(now.until),
    zone: timeZone,
    currency,
    today,
    limit: page?.limit ?? 0,
    offset: page?.offset ?? 0,
    ...Object.fromEntries(filters.map((filter, at) => [`f${at}`, filter.test === 'contains' ? filter.value : filter.values])),
  };
}
