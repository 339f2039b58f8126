import type { Platform } from '../../../platform/platform.ts';
import type { HeldPerson, Sources } from '../sources.ts';
import { customerCopies } from './own-data.ts';

/** What was already accepted when somebody was erased is applied by then. */
const afterwardsSeconds = 60;

/** Lets every other holder of data delete what is about a person; one that fails is tried again by `finishErasures`. Returns what was deleted. */
export async function eraseElsewhere(platform: Platform, sources: Sources, person: HeldPerson): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const source of [customerCopies(platform), ...sources.heldData]) {
    try {
      counts[source.name] = await source.erase(person);
    } catch (error) {
      platform.log.warn({ err: error, source: source.name }, 'data of an erased customer waits to be deleted');
    }
  }
  return counts;
}

/**
 * Deletes once more, a minute after an erasure, what other domains hold: facts that were on their way,
 * and whatever could not be deleted then. An erasure is finished when all of it has succeeded.
 */
export async function finishErasures(platform: Platform, sources: Sources): Promise<number> {
  const { rows } = await platform.pg.query<{ customer_no: number }>(
    "select customer_no from erasure where finished_at is null and erased_at < now() - $1 * interval '1 second' order by erased_at limit 1000", [afterwardsSeconds]);
  if (rows.length === 0) return 0;
  const customerNos = rows.map((row) => row.customer_no);
  for (const source of [customerCopies(platform), ...sources.heldData]) await source.erase({ customerNos, identifiers: [] });
  await platform.pg.query('update erasure set finished_at = now() where customer_no = any($1::int[])', [customerNos]);
  return rows.length;
}
