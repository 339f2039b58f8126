import type pg from 'pg';
import { type Day } from '../../../../kernel/day.ts';
import { conflict, type Problem } from '../../../../kernel/problem.ts';
import type { Rule } from '../../contract/rule.ts';
import { fault } from '../../resolve/resolve.ts';

type Connection = pg.Pool | pg.PoolClient;

/** What a rule refers to, with the place of each. */
export interface References {
  audiences: { audienceId: number; on: Day | undefined; path: string }[];
  lists: { listId: number; path: string }[];
  /** Conditions with a character that the database does not keep. */
  unkept: string[];
}

export function referencesOf(rule: Rule): References {
  const found: References = { audiences: [], lists: [], unkept: [] };
  const visit = (part: Rule, path: string): void => {
    const below = (step: string): string => (path ? `${path}.${step}` : step);
    if (part.kind === 'group') part.parts.forEach((each, index) => visit(each, below(`parts.${index}`)));
    else if (part.kind === 'held') visit(part.rule, below('rule'));
    else if (part.kind === 'audience') found.audiences.push({ audienceId: part.audienceId, on: part.on, path });
    else if (part.kind === 'list') found.lists.push({ listId: part.listId, path });
    else if (hasNul(part)) found.unkept.push(path);
  };
  visit(rule, '');
  return found;
}

/** PostgreSQL keeps every character but this one. */
function hasNul(part: Rule): boolean {
  let found = false;
  JSON.stringify(part, (_, value: unknown) => {
    found ||= typeof value === 'string' && value.includes('\0');
    return value;
  });
  return found;
}

interface Known {
  audienceId: number;
  archived: boolean;
  /** Before the end of the day asked for, where one is. */
  wasThere: boolean;
}

/**
 * Refuses, with the place of the fault, a rule that refers to an audience or list that is not there, to an archived
 * audience, to a day that is not over or on which an audience was not there yet, or through others to `selfId`; and
 * one that cannot be kept.
 */
export async function checkReferences(connection: Connection, rule: Rule, { selfId, endOf }: { selfId: number | null; endOf(day: Day): Date | null }): Promise<References> {
  const found = referencesOf(rule);
  if (found.unkept.length > 0) throw fault(found.unkept[0], '', 'audiences.rule_not_kept', {});
  for (const { audienceId, on, path } of found.audiences) {
    const problem = await faultOfAudience(connection, audienceId, on, path, endOf);
    if (problem) throw problem;
    if (selfId !== null && (audienceId === selfId || (await reaches(connection, audienceId, selfId)))) {
      throw fault(path, 'audienceId', 'audiences.refers_to_itself', { audienceId });
    }
  }
  const { rows } = await connection.query<{ listId: number }>(
    'select list_id as "listId" from audience_list where list_id = any($1::int[])', [found.lists.map((each) => each.listId)]);
  const missing = found.lists.find(({ listId }) => !rows.some((row) => row.listId === listId));
  if (missing) throw fault(missing.path, 'listId', 'audiences.unknown_list', { listId: missing.listId });
  return found;
}

async function faultOfAudience(connection: Connection, audienceId: number, on: Day | undefined, path: string, endOf: (day: Day) => Date | null): Promise<Problem | null> {
  const end = on === undefined ? new Date(8.64e15) : endOf(on);
  if (end === null) return fault(path, 'on', 'audiences.rule_day_not_over', { day: on });
  const { rows } = await connection.query<Known>(
    `select audience_id as "audienceId", archived_at is not null as archived,
        exists (select from audience_version v where v.audience_id = a.audience_id and v.at < $2) as "wasThere"
      from audience a where audience_id = $1`, [audienceId, end.getTime() === 8.64e15 ? 'infinity' : end]);
  const known = rows.at(0);
  if (!known) return fault(path, 'audienceId', 'audiences.unknown_audience', { audienceId });
  if (known.archived) return fault(path, 'audienceId', 'audiences.archived_audience', { audienceId });
  if (on !== undefined && !known.wasThere) return fault(path, 'on', 'audiences.rule_not_made_yet', { audienceId, day: on });
  return null;
}

/** Whether the rule of one audience leads to another, directly or through others. */
async function reaches(connection: Connection, fromId: number, toId: number): Promise<boolean> {
  const { rows } = await connection.query<{ found: boolean }>(
    `with recursive used (audience_id) as (
        select $1::int union select r.used_id from audience_reference r join used u on r.audience_id = u.audience_id
      ) select exists (select from used where audience_id = $2) as found`, [fromId, toId]);
  return rows[0].found;
}

/** Any number; those who change what rules refer to take turns, so that no two of them close a circle together. */
const referencesLock = 7_233_320;

export const lockReferences = async (client: pg.PoolClient): Promise<void> => void (await client.query('select pg_advisory_xact_lock($1)', [referencesLock]));

/** Keeps what the rule of an audience refers to, in place of what it referred to before. */
export async function writeReferences(client: pg.PoolClient, audienceId: number, { audiences, lists }: Omit<References, 'unkept'>): Promise<void> {
  await client.query('delete from audience_reference where audience_id = $1', [audienceId]);
  await client.query('delete from audience_list_reference where audience_id = $1', [audienceId]);
  await client.query('insert into audience_reference select distinct $1::int, unnest($2::int[])', [audienceId, audiences.map((each) => each.audienceId)]);
  await client.query('insert into audience_list_reference select distinct $1::int, unnest($2::int[])', [audienceId, lists.map((each) => each.listId)]);
}

/** Everybody whose members follow from these has to be computed as a whole. */
export async function makeDependentsDue(client: pg.PoolClient, audienceId: number): Promise<void> {
  await client.query(
    `with recursive user_of (audience_id) as (
        select audience_id from audience_reference where used_id = $1
        union select r.audience_id from audience_reference r join user_of u on r.used_id = u.audience_id
      ) update audience a set is_due = true from user_of u where a.audience_id = u.audience_id and kind = 'live'`, [audienceId]);
}

const uniqueViolation = '23505';

/** A name that another one has is the asker's matter. */
export async function namedOnce<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === uniqueViolation) throw conflict('audiences.name_taken', { name });
    throw error;
  }
}
