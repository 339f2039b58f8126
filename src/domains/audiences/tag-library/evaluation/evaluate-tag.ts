import type pg from 'pg';
import type { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { type Day, dayIn } from '../../../../kernel/day.ts';
import { Problem } from '../../../../kernel/problem.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { readBrand } from '../../../../platform/settings.ts';
import type { TagCard } from '../cards/store.ts';
import type { TagLibraryDoors } from '../doors.ts';
import { writeMembers } from '../members/write-members.ts';
import { makeAskingAudiencesDue } from '../uses/audience-rules.ts';
import { isHourly, referencesOf, rulesOf } from '../uses/rule-tags.ts';
import { type Computed, computeTag } from './compute.ts';

const hourlyMs = 600_000;

/** What every tag depends on: the data, and the brand's day. */
export interface Present {
  now: Date;
  data: string;
  day: Day;
}

export async function readPresent({ platform, dataVersion }: TagLibraryDoors): Promise<Present> {
  const now = platform.clock.now();
  const [data, { timeZone }] = await Promise.all([dataVersion(), readBrand(platform.pg)]);
  return { now, data, day: dayIn(timeZone, now) };
}

/** What the members of a computed tag depend on, besides what is written in it: while it stays the same, so do they. */
export async function stampOf({ platform, audiences }: TagLibraryDoors, card: TagCard, { now, data, day }: Present): Promise<string> {
  const rules = rulesOf(card.definition);
  const { tagIds, audienceIds } = referencesOf(rules);
  const { rows } = await platform.pg.query<{ tags: string | null; uploads: string | null }>(
    `select (select string_agg(tag_id || ':' || version_no, ' ' order by tag_id) from tag_state where tag_id = any($1::int[])) as tags,
        (select string_agg(upload_id::text, ' ' order by upload_id) from tag_upload where tag_id = $2 and (lapses_at is null or lapses_at > $3)) as uploads`,
    [tagIds, card.tagId, now]);
  const used = audienceIds.length === 0 ? [] : (await audiences.all()).filter(({ audienceId }) => audienceIds.includes(audienceId));
  return JSON.stringify([
    data, day, isHourly(rules) ? Math.floor(now.getTime() / hourlyMs) : 0,
    rows[0].tags, rows[0].uploads, used.map(({ audienceId, versionNo }) => `${audienceId}:${versionNo}`),
  ]);
}

/**
 * Computes a tag and keeps the difference, all of its tiers in one transaction. What cannot be computed by its own
 * fault keeps its members and says why; when a store is away, the next turn tries again.
 */
export async function evaluateTag(doors: TagLibraryDoors, card: TagCard): Promise<void> {
  const { pg: pool } = doors.platform;
  const began = performance.now();
  const present = await readPresent(doors);
  const { now } = present;
  const stamp = await stampOf(doors, card, present);
  try {
    const computed = await computeTag(doors, card, now);
    const tookMs = Math.round(performance.now() - began);
    await inTransaction(pool, (client) => writeComputed(client, card, computed, { now, stamp, tookMs }));
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 500) throw error;
    await pool.query('update tag_state set trouble = $2, stamp = $3, evaluated_at = $4 where tag_id = $1',
      [card.tagId, JSON.stringify({ code: error.code, params: error.params }), stamp, now]);
  }
}

interface Evaluation {
  now: Date;
  stamp: string;
  tookMs: number;
}

/** Writes nothing when the tag was changed while it was computed: it is computed once more. */
export async function writeComputed(client: pg.PoolClient, card: TagCard, { members, tiers, chosen }: Computed, { now, stamp, tookMs }: Evaluation): Promise<boolean> {
  const { rows } = await client.query('select from tag_card where tag_id = $1 and version = $2 for update', [card.tagId, card.version]);
  if (rows.length === 0) return false;
  await client.query('select from tag_state where tag_id = any($1::int[]) order by tag_id for update', [[card.tagId, ...card.tiers.map((tier) => tier.tagId)]]);
  const sets: [tagId: number, members: Bitmap][] = [[card.tagId, members], ...card.tiers.map((tier, i): [number, Bitmap] => [tier.tagId, tiers[i]])];
  const moved: number[] = [];
  for (const [tagId, after] of sets) {
    const { entered, left } = await writeMembers(client, tagId, after, now);
    if (entered + left > 0) moved.push(tagId);
  }
  if (moved.length > 0) await makeAskingAudiencesDue(client, moved);
  const [limits, day]: [string | null, Day | null] = chosen ? [JSON.stringify(chosen.limits), chosen.day] : [null, null];
  await client.query(
    'update tag_state set evaluated_at = $2, stamp = $3, took_ms = $4, limits = $5, limits_day = $6, trouble = null where tag_id = any($1::int[])',
    [[card.tagId, ...card.tiers.map((tier) => tier.tagId)], now, stamp, tookMs, limits, day]);
  return true;
}
