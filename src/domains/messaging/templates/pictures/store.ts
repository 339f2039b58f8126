import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import { conflict, notFound, Problem } from '../../../../kernel/problem.ts';
import type { Actor } from '../../../../kernel/actor.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { recordAudit } from '../../../access/public.ts';
import { type MessagePicture, pictureLimits, picturePath } from '../../contract/pictures.ts';
import { kindOf, measuresOf, type PictureKind } from './picture-bytes.ts';

type Row = Omit<MessagePicture, 'address' | 'at'> & { token: string; at: Date };
const columns = `picture_no as "pictureNo", token, kind, name, width, height, octet_length(bytes) as bytes, at, by_name as by`;
const shown = ({ token, at, ...row }: Row): MessagePicture => ({ ...row, address: `${picturePath}${token}.${row.kind}`, at: at.toISOString() });
const pageSize = 24;

export async function findPictures(pool: pg.Pool, { q, page }: { q: string; page: number }) {
  const { rows } = await pool.query<Row & { total: number }>(
    `select ${columns}, count(*) over ()::int as total from message_picture where $1 = '' or strpos(lower(name), lower($1)) > 0 order by picture_no desc limit $2 offset $3`, [q.trim(), pageSize, (page - 1) * pageSize]);
  return { pictures: rows.map(({ total: _, ...row }) => shown(row)), total: rows[0]?.total ?? 0, pageSize };
}

/** Keeps a picture that its bytes say is one, and none that would be too much for a mail. */
export async function keepPicture(pool: pg.Pool, given: { name: string; bytes: Buffer }, actor: Actor, now: Date): Promise<MessagePicture> {
  const { name, bytes } = given;
  if (bytes.length > pictureLimits.bytes) throw new Problem('messaging.picture_too_large', { status: 422, params: { megabytes: pictureLimits.bytes / 2 ** 20 } });
  const kind = kindOf(bytes);
  const measures = kind && measuresOf(kind, bytes);
  if (!kind || !measures) throw new Problem('messaging.picture_unreadable', { status: 422 });
  if (Math.max(measures.width, measures.height) > pictureLimits.side) throw new Problem('messaging.picture_too_wide', { status: 422, params: { ...measures, most: pictureLimits.side } });
  const digest = createHash('sha256').update(bytes).digest();
  return inTransaction(pool, async (client) => {
    const { rows: [made] } = await client.query<Row>(
      `insert into message_picture (token, digest, kind, name, width, height, bytes, at, by_name)
        select $1, $2, $3, $4, $5, $6, $7, $8, $9 where (select count(*) from message_picture) < $10 on conflict (digest) do nothing returning ${columns}`,
      [randomBytes(24).toString('base64url'), digest, kind, name, measures.width, measures.height, bytes, now, actor.name, pictureLimits.pictures]);
    if (made) {
      await recordAudit(client, { actor, action: 'messaging.upload_picture', subject: `message_picture:${made.pictureNo}`, details: { kind, ...measures, bytes: bytes.length } });
      return shown(made);
    }
    const { rows: [kept] } = await client.query<Row>(`select ${columns} from message_picture where digest = $1`, [digest]);
    if (!kept) throw conflict('messaging.pictures_full', { most: pictureLimits.pictures });
    return shown(kept);
  });
}

/** A picture that stands in a version, an old one too, may be in mails that people keep. */
export async function dropPicture(pool: pg.Pool, pictureNo: number, actor: Actor): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rows: [found] } = await client.query<{ token: string; name: string }>('select token, name from message_picture where picture_no = $1 for update', [pictureNo]);
    if (!found) throw notFound('messaging.picture_not_found', { pictureNo });
    const { rows: [used] } = await client.query<{ name: string }>(
      'select t.name from message_template_version v join message_template t using (template_no) where strpos(v.content::text, $1) > 0 limit 1', [`${picturePath}${found.token}`]);
    if (used) throw conflict('messaging.picture_in_use', { name: used.name });
    await client.query('delete from message_picture where picture_no = $1', [pictureNo]);
    await recordAudit(client, { actor, action: 'messaging.delete_picture', subject: `message_picture:${pictureNo}` });
  });
}

export interface KeptPicture {
  kind: PictureKind;
  bytes: Buffer;
}

const name = /^([\w-]{32})\.(?:png|jpg|gif|webp)$/;

/** A picture by what follows its path; null where there is none. */
export async function readPicture(pool: pg.Pool, file: string): Promise<KeptPicture | null> {
  const [, token] = name.exec(file) ?? [];
  if (token === undefined) return null;
  const { rows } = await pool.query<KeptPicture>('select kind, bytes from message_picture where token = $1', [token]);
  return rows[0] ?? null;
}
