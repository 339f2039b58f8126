import type pg from 'pg';
import { readLimits } from '../../../audiences/public.ts';
import { type LifecycleLimits, lifecycleLimits } from '../../contract/lifecycle.ts';

/** The limits between states; version 0 while they are as they come. */
export async function currentLimits(pool: pg.Pool): Promise<{ version: number; limits: LifecycleLimits }> {
  const kept = await readLimits(pool, 'lifecycle');
  return { version: kept?.version ?? 0, limits: lifecycleLimits.parse(kept?.limits ?? {}) };
}
