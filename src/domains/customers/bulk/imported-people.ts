import type { Platform } from '../../../platform/platform.ts';
import type { Sources } from '../sources.ts';

/** People of one look: lists of them stay short, and what deletes rewrites few parts at a time. */
const atOnce = 20_000;

/** People whom an import made, for taking it back. */
export interface ImportedPeople {
  /** Who of them did something, or had something done for them, that no import tells of. */
  acted(importId: number): Promise<number[]>;
  /** Deletes what all domains hold of people who are gone, by ranges of their numbers. May be repeated. */
  forget(ranges: readonly (readonly [number, number])[]): Promise<void>;
}

export const createImportedPeople = (platform: Platform, sources: Sources): ImportedPeople => ({
  async acted(importId) {
    const found = new Set<number>();
    for (let after = 0; ;) {
      const { rows } = await platform.pg.query<{ no: number }>('select customer_no as no from customer where import_id = $1 and customer_no > $2 order by customer_no limit $3', [importId, after, atOnce]);
      if (rows.length === 0) return [...found];
      const customerNos = rows.map(({ no }) => no);
      for (const { acted } of sources.heldData) (await acted?.(customerNos))?.forEach((no) => found.add(no));
      after = customerNos[customerNos.length - 1];
    }
  },
  async forget(ranges) {
    for (const customerNos of numbersOf(ranges)) {
      const people = { customerNos, identifiers: [] };
      for (const source of sources.heldData) if ((await source.count(people)) > 0) await source.erase(people);
    }
  },
});

/** The numbers of ranges, so many at once. */
export function* numbersOf(ranges: readonly (readonly [number, number])[], most = atOnce): Generator<number[]> {
  let numbers: number[] = [];
  for (const [low, high] of ranges) {
    for (let no = low; no <= high; no++) {
      numbers.push(no);
      if (numbers.length < most) continue;
      yield numbers;
      numbers = [];
    }
  }
  if (numbers.length > 0) yield numbers;
}
