import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { dayIn } from '../../../../kernel/day.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { canonicalNo } from '../../../../platform/clickhouse/merge-dictionary.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { rfmSegments } from '../../../audiences/contract.ts';
import { type Measured, measuredNow, readRfmLimits, readScores, rfmSegmentOf } from '../../../audiences/public.ts';
import { momentText } from '../../../commerce/public.ts';
import type { SegmentName } from '../../contract/results.ts';

/** Who never bought, and then the segments of buyers: the places that are kept. */
export const segmentNames: readonly SegmentName[] = ['never', ...rfmSegments];

type World = Pick<Platform, 'pg' | 'reader' | 'clock'>;

/** Some people by the segment they are in now, or were in at a moment of the past. All buyers are scored: a fifth is one of everybody. */
export async function segmentsOf({ pg, reader, clock }: World, people: Bitmap, at: Date | null): Promise<Bitmap[]> {
  const { timeZone } = await readBrand(pg);
  const measured = at === null ? measuredNow(true, timeZone, dayIn(timeZone, clock.now())) : measuredAt(timeZone, at);
  const { cells } = await readScores(reader, measured, (await readRfmLimits(pg)).limits);
  const found = new Map<SegmentName, Bitmap[]>();
  for (const { recency, frequency, value, people: some } of cells) {
    const segment = rfmSegmentOf(recency, frequency, value);
    found.set(segment, [...(found.get(segment) ?? []), some.and(people)]);
  }
  const buyers = rfmSegments.map((segment) => Bitmap.union(found.get(segment) ?? []));
  return [people.andNot(Bitmap.union(buyers)), ...buyers];
}

/** What buyers were measured by at a moment, out of their order lines: of all history, so for moments long past. */
function measuredAt(timeZone: string, at: Date): Measured {
  return {
    relation: `(select ${canonicalNo()} as no, toInt32(toInt32(toDate32({today:String})) - toInt32(toDate32(toTimeZone(maxIf(occurred_at, kind = 'sale'), {zone:String})))) as r,
        toInt32(uniqExactIf(order_key, kind = 'sale')) as f, reinterpretAsInt64(toDecimal64(sum(amount), 4)) as m
      from order_line where customer_no > 0 and occurred_at < {at:DateTime64(3, 'UTC')} group by no having f > 0)`,
    params: { today: dayIn(timeZone, at), zone: timeZone, at: momentText(at) },
  };
}
