import type pg from 'pg';
import { type RfmLimits, rfmLimits } from '../../contract/rfm.ts';
import { readLimits } from './kept-limits.ts';

/** The brand's own limits of recency, frequency and value, which hold wherever buyers are scored; version 0 where it has set none. */
export async function readRfmLimits(pool: pg.Pool): Promise<{ version: number; limits: RfmLimits }> {
  const kept = await readLimits(pool, 'rfm');
  return { version: kept?.version ?? 0, limits: rfmLimits.parse(kept?.limits ?? {}) };
}
