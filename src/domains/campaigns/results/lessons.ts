import type pg from 'pg';
import type { z } from 'zod';
import type { Actor } from '../../../kernel/actor.ts';
import { notFound } from '../../../kernel/problem.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { recordAudit } from '../../access/public.ts';
import type { Lesson, listLessons } from '../contract/results.ts';

type Asked = z.output<NonNullable<(typeof listLessons)['query']>>;
type Row = Omit<Lesson, 'savedAt'> & { savedAt: Date };
const columns = `lesson_no as "lessonNo", campaign_no as "campaignNo", definition ->> 'name' as "campaignName", title, body, tags, finding, definition ->> 'channel' as channel, saved_by as "savedBy", saved_at as "savedAt"`;
const shown = ({ savedAt, ...row }: Row): Lesson => ({ ...row, savedAt: savedAt.toISOString() });

/** Lessons whose words, tags or campaign have what is looked for, the newest first. */
export async function findLessons(pool: pg.Pool, { page, pageSize, q, tag, campaignNo }: Asked): Promise<{ rows: Lesson[]; total: number }> {
  const { rows } = await pool.query<Row & { total: number }>(
    `select ${columns}, count(*) over () as total from campaign_lesson join campaign using (campaign_no)
      where ($1::text is null or position(lower($1) in lower(concat_ws(' ', title, body, finding, array_to_string(tags, ' '), definition ->> 'name'))) > 0)
        and ($2::text is null or $2 = any(tags)) and ($3::int is null or campaign_no = $3)
      order by lesson_no desc limit $4 offset $5`, [q || null, tag ?? null, campaignNo ?? null, pageSize, (page - 1) * pageSize]);
  return { rows: rows.map(({ total: _total, ...row }) => shown(row)), total: rows[0]?.total ?? 0 };
}

export interface NewLesson {
  campaignNo: number;
  title: string;
  body: string;
  tags: readonly string[];
  finding: string;
}

export async function keepLesson(pool: pg.Pool, { campaignNo, title, body, tags, finding }: NewLesson, actor: Actor, now: Date): Promise<Lesson> {
  return inTransaction(pool, async (client) => {
    const { rows: [{ lessonNo }] } = await client.query<{ lessonNo: number }>(
      'insert into campaign_lesson (campaign_no, title, body, tags, finding, saved_by, saved_at) values ($1, $2, $3, $4, $5, $6, $7) returning lesson_no as "lessonNo"', [campaignNo, title, body, tags, finding, actor.name, now]);
    await recordAudit(client, { actor, action: 'campaigns.save_lesson', subject: `campaign:${campaignNo}`, details: { lessonNo, title } });
    const { rows: [row] } = await client.query<Row>(`select ${columns} from campaign_lesson join campaign using (campaign_no) where lesson_no = $1`, [lessonNo]);
    return shown(row);
  });
}

export async function dropLesson(pool: pg.Pool, lessonNo: number, actor: Actor): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rows: [gone] } = await client.query<{ campaignNo: number; title: string }>('delete from campaign_lesson where lesson_no = $1 returning campaign_no as "campaignNo", title', [lessonNo]);
    if (!gone) throw notFound('campaigns.lesson_not_found', { lessonNo });
    await recordAudit(client, { actor, action: 'campaigns.delete_lesson', subject: `campaign:${gone.campaignNo}`, details: { lessonNo, title: gone.title } });
  });
}
