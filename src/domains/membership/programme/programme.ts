import type pg from 'pg';
import type { Platform } from '../../../platform/platform.ts';
import { type ProgrammeDefinition, programmeDefinition } from '../contract/programme.ts';

/** A version that was published. It never changes. */
export interface Version {
  versionNo: number;
  /** In force from here until the next one begins. */
  startsAt: number;
  definition: ProgrammeDefinition;
}

/** From when to when the programme stood still; `until` is null while it does. */
export interface Pause {
  from: number;
  until: number | null;
}

/** What is promised to members, and since when. */
export interface Programme {
  /** The version in force at a moment; null before the first. */
  at(moment: number): Promise<Version | null>;
  /**
   * All that were published, by their start. Whoever is in a transaction gives its connection: waiting for another one while holding one, many
   * would wait for each other.
   */
  versions(connection?: pg.PoolClient): Promise<Version[]>;
  /** By their start. */
  pauses(): Promise<Pause[]>;
}

/** For how long what was read may be used: a version begins at midnight, and is published before. */
const keptMs = 1_000;

export function createProgramme({ pg: pool }: Pick<Platform, 'pg'>): Programme {
  const versions = kept(async (connection: pg.Pool | pg.PoolClient = pool): Promise<Version[]> => {
    const { rows } = await connection.query<{ versionNo: number; startsAt: Date; definition: unknown }>(
      `select version_no as "versionNo", starts_at as "startsAt", definition from programme_version where state = 'published' order by starts_at`);
    return rows.map(({ versionNo, startsAt, definition }) => ({ versionNo, startsAt: startsAt.getTime(), definition: programmeDefinition.parse(definition) }));
  });
  const pauses = kept(async (): Promise<Pause[]> => {
    const { rows } = await pool.query<{ from: Date; until: Date | null }>('select paused_at as from, resumed_at as until from programme_pause order by paused_at');
    return rows.map(({ from, until }) => ({ from: from.getTime(), until: until?.getTime() ?? null }));
  });
  return {
    versions,
    pauses,
    at: async (moment) => versionAt(await versions(), moment),
  };
}

/** The version in force at a moment among all, by their start; null before the first. */
export const versionAt = (versions: readonly Version[], moment: number): Version | null => versions.findLast(({ startsAt }) => startsAt <= moment) ?? null;

/** Reads again when what was read is older than a moment; a failure is not kept. Whoever brings a connection waits for nobody else's. */
function kept<T, C>(read: (connection?: C) => Promise<T>): (connection?: C) => Promise<T> {
  let answer: Promise<T> | undefined;
  let known: { value: T; readAt: number } | undefined;
  let askedAt = -Infinity;
  const isFresh = (at: number): boolean => performance.now() - at <= keptMs;
  const remember = (value: T, readAt: number): T => (known = { value, readAt }).value;
  return (connection) => {
    if (known && isFresh(known.readAt)) return Promise.resolve(known.value);
    const readAt = performance.now();
    if (connection !== undefined) return read(connection).then((value) => remember(value, readAt));
    if (!answer || !isFresh(askedAt)) {
      askedAt = readAt;
      answer = read().then((value) => remember(value, readAt));
      answer.catch(() => (answer = undefined));
    }
    return answer;
  };
}
