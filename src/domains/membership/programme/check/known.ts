import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Commerce } from '../../../commerce/public.ts';
import type { ProgrammeDefinition } from '../../contract/programme.ts';
import { findItem } from '../../mall/items/store.ts';
import type { CheckedAgainst } from './finding.ts';

/** Reads what definitions are checked against. */
export interface Surroundings {
  /** How many people hold each tier, as of a moment ago; null where they are still being counted. */
  heldSoon(): Promise<ReadonlyMap<string, number> | null>;
  against(definition: ProgrammeDefinition, before: ProgrammeDefinition | null): Promise<CheckedAgainst>;
}

/** Counting millions of members takes a second: while somebody edits it is done twice a minute. */
const heldForMs = 30_000;
/** A page waits so long for the count, and shows the rest of itself without it. */
const pageWaitsMs = 300;

export function createSurroundings(pool: pg.Pool, commerce: Commerce): Surroundings {
  let counted: { at: number; answer: Promise<ReadonlyMap<string, number>> } | undefined;
  const held = (): Promise<ReadonlyMap<string, number>> => {
    if (!counted || performance.now() - counted.at > heldForMs) {
      const answer = countHeld(pool);
      counted = { at: performance.now(), answer };
      answer.catch(() => (counted = undefined));
    }
    return counted.answer;
  };
  return {
    heldSoon: () => Promise.race([held(), sleep(pageWaitsMs, null)]),
    async against(definition, before) {
      const named = namedIn(definition);
      const asksFacets = named.categories.length + named.channels.length > 0;
      const [people, products, facets, redeemed] = await Promise.all([held(), commerce.products.existing(named.products), asksFacets ? commerce.facets() : null, definition.autoRedeem && findItem(pool, definition.autoRedeem.itemNo)]);
      return { before, held: people, known: { products, categories: new Set(facets?.categories), channels: new Set(facets?.channels) }, redeemed: redeemed ?? null };
    },
  };
}

async function countHeld(pool: pg.Pool): Promise<Map<string, number>> {
  const { rows } = await pool.query<{ tier: string; people: number }>('select tier, count(*)::int as people from member where left_at is null group by tier');
  return new Map(rows.map(({ tier, people }) => [tier, people]));
}

function namedIn({ joining, points: { multipliers } }: ProgrammeDefinition): Record<'products' | 'categories' | 'channels', string[]> {
  const named = { products: [] as string[], categories: [] as string[], channels: [...joining.channels] };
  for (const { when } of multipliers) {
    if (when.kind === 'product') named.products.push(...when.products);
    if (when.kind === 'category') named.categories.push(...when.categories);
    if (when.kind === 'channel') named.channels.push(...when.channels);
  }
  return named;
}
