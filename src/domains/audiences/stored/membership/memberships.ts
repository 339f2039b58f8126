import type pg from 'pg';
import { addDays, type Day, dayIn, startOfDay } from '../../../../kernel/day.ts';
import type { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { decodeBitmap } from '../../../../kernel/bitmap/portable-read.ts';
import { notFound, Problem } from '../../../../kernel/problem.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { type AsOfToday, createAsOfToday } from '../../set/merged-numbers.ts';
import { readMembers, readStanding, type Standing, versionBefore } from './read-membership.ts';

/** An uploaded list of people. */
export interface NamedList {
  name: string;
  members: Bitmap;
}

/** Who is in stored audiences and lists. */
export interface Memberships {
  /** Members now, or as they were at the end of a past day, each under the number they count for today. Whoever holds a connection gives it. */
  members(audienceId: number, on: Day | null, held?: pg.Pool | pg.PoolClient): Promise<Bitmap>;
  list(listId: number): Promise<Bitmap>;
  namedList(listId: number): Promise<NamedList>;
  asOfToday: AsOfToday;
  /** Members of a standing as they are stored. */
  stored(standing: Standing): Promise<Bitmap>;
  /** Tells what the members of a standing are, so that they need not be read. */
  remember(standing: Standing, members: Bitmap): void;
}

const rememberedBytes = 256 * 2 ** 20;

export function createMemberships({ pg: pool, reader, clock }: Platform): Memberships {
  const asOfToday = createAsOfToday(reader);
  const remembered = new Map<string, Bitmap>();
  let bytes = 0;
  const keyOf = ({ audienceId, versionNo, rewrites }: Standing): string => `${audienceId} ${versionNo} ${rewrites}`;
  const remember = (standing: Standing, members: Bitmap): void => {
    const key = keyOf(standing);
    bytes += members.byteLength - (remembered.get(key)?.byteLength ?? 0);
    remembered.delete(key);
    remembered.set(key, members);
    for (const [oldest, old] of remembered) {
      if (bytes <= rememberedBytes) break;
      remembered.delete(oldest);
      bytes -= old.byteLength;
    }
  };
  const stored = async (standing: Standing, connection: pg.Pool | pg.PoolClient = pool): Promise<Bitmap> => {
    const members = remembered.get(keyOf(standing)) ?? await readMembers(connection, standing.audienceId, standing.versionNo);
    remember(standing, members);
    return members;
  };
  const versionOn = async (audienceId: number, on: Day): Promise<number> => {
    const { timeZone } = await readBrand(pool);
    if (on >= dayIn(timeZone, clock.now())) throw new Problem('audiences.day_not_over', { params: { day: on } });
    const versionNo = await versionBefore(pool, audienceId, startOfDay(addDays(on, 1), timeZone));
    if (versionNo === null) throw new Problem('audiences.not_made_yet', { params: { audienceId, day: on } });
    return versionNo;
  };
  const namedList = async (listId: number): Promise<NamedList> => {
    const { rows } = await pool.query<{ name: string; members: Buffer }>('select name, members from audience_list where list_id = $1', [listId]);
    if (rows.length === 0) throw notFound('audiences.list_not_found', { listId });
    return { name: rows[0].name, members: await asOfToday(decodeBitmap(rows[0].members)) };
  };
  return {
    asOfToday,
    stored: (standing) => stored(standing),
    remember,
    async members(audienceId, on, connection = pool) {
      const standing = await readStanding(connection, audienceId);
      if (!standing) throw notFound('audiences.not_found', { audienceId });
      const versionNo = on === null ? standing.versionNo : await versionOn(audienceId, on);
      return asOfToday(await stored({ ...standing, versionNo }, connection));
    },
    namedList,
    list: async (listId) => (await namedList(listId)).members,
  };
}
