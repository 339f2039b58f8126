import type pg from 'pg';
import type { z } from 'zod';
import { notFound } from '../../../kernel/problem.ts';
import { type ClosingFigures, type FoundReview, type Item, type ItemBody, type listReviews, type ReviewPart, reviewParts } from '../contract.ts';

type Connection = pg.Pool | pg.PoolClient;
type Closing = { closingNo: number; state: 'done' | 'dropped'; figures: ClosingFigures; at: string; by: string };

/** So many closings and changes of one review are shown. */
const most = 50;

export async function keepClosing(client: pg.PoolClient, projectNo: number, { state, figures, at, by }: Omit<Closing, 'closingNo' | 'at'> & { at: Date }): Promise<void> {
  await client.query('insert into plan_closing (project_no, state, figures, at, by_name) values ($1, $2, $3, $4, $5)', [projectNo, state, JSON.stringify(figures), at, by]);
}

/** What a project came to each time it was closed, the newest first. */
export async function readClosings(connection: Connection, projectNo: number): Promise<Closing[]> {
  const { rows } = await connection.query<Omit<Closing, 'at'> & { at: Date }>(
    'select closing_no as "closingNo", state, figures, at, by_name as by from plan_closing where project_no = $1 order by closing_no desc limit $2', [projectNo, most]);
  return rows.map(({ at, ...closing }) => ({ ...closing, at: at.toISOString() }));
}

/** The number of a project's review, where it has one. */
export async function findReview(connection: Connection, projectNo: number): Promise<number | null> {
  const { rows } = await connection.query<{ itemNo: number }>("select item_no as \"itemNo\" from plan_item where parent_no = $1 and kind = 'review' and removed_at is null", [projectNo]);
  return rows[0]?.itemNo ?? null;
}

export interface ReviewVersion {
  changeNo: number;
  at: string;
  by: string;
  fields: string[];
  body: Record<string, unknown>;
}

/** A review after each of its changes, the newest first: what each change put there is taken out of it again, back from how it stands now. */
export async function readVersions(connection: Connection, { itemNo, body }: Pick<Item, 'itemNo' | 'body'>): Promise<ReviewVersion[]> {
  const { rows } = await connection.query<Omit<ReviewVersion, 'at' | 'body'> & { at: Date; before: Record<string, unknown> | null }>(
    `select change_no as "changeNo", at, by_name as by, fields, (select i -> 'before' -> 'body' from jsonb_array_elements(items) i where (i ->> 'itemNo')::int = $1) as before
      from plan_change where plan_no = (select plan_no from plan_item where item_no = $1) and item_no = $1 and kind in ('add', 'edit', 'undo') order by change_no desc limit $2`, [itemNo, most]);
  let standing = body;
  return rows.map(({ at, before, ...version }) => {
    const shown = { ...version, at: at.toISOString(), body: standing };
    if (before) standing = { ...standing, ...Object.fromEntries(version.fields.map((field) => [field, before[field]])) };
    return shown;
  });
}

/** Throws `planning.change_not_found`. */
export async function requireVersion(connection: Connection, review: Pick<Item, 'itemNo' | 'body'>, changeNo: number): Promise<ReviewVersion> {
  const version = (await readVersions(connection, review)).find((each) => each.changeNo === changeNo);
  if (!version) throw notFound('planning.change_not_found', { changeNo });
  return version;
}

type Asked = z.output<NonNullable<(typeof listReviews)['query']>>;
type Row = Omit<FoundReview, 'excerpt' | 'closedAt' | 'changedAt'> & { body: ItemBody<'review'>; closedAt: Date | null; changedAt: Date };

/** Reviews that have every word, wherever in them or in their project's name; letters of any width and case are the same. */
export async function findReviews(pool: pg.Pool, { page, pageSize, q, tag, outcome, plan }: Asked): Promise<{ rows: FoundReview[]; total: number }> {
  const words = (q ?? '').split(/\s+/).filter((word) => word !== '');
  const { rows } = await pool.query<Row & { total: number }>(
    `select r.item_no as "itemNo", r.plan_no as "planNo", plan.name as "planName", p.item_no as "projectNo", p.body ->> 'name' as "projectName", r.body, r.body ->> 'outcome' as outcome,
        array(select jsonb_array_elements_text(r.body -> 'tags')) as tags, c.at as "closedAt", p.body ->> 'state' not in ('done', 'dropped') as "isOpen", r.changed_at as "changedAt", r.changed_by as "changedBy", count(*) over ()::int as total
      from plan_item r join plan_item p on p.item_no = r.parent_no join plan on plan.plan_no = r.plan_no left join lateral (select max(at) as at from plan_closing where project_no = p.item_no) c on true,
        lateral (select lower(normalize(concat_ws(' ', plan.name, p.body ->> 'name', p.body ->> 'aim', ${reviewParts.map((part) => `r.body ->> '${part}'`).join(', ')}, r.body ->> 'tags'), nfkc)) as said) s
      where r.kind = 'review' and r.removed_at is null and p.removed_at is null and ($2::text is null or r.body -> 'tags' ? $2) and ($3::text is null or r.body ->> 'outcome' = $3) and ($4::int is null or r.plan_no = $4)
        and not exists (select from unnest($1::text[]) w where position(lower(normalize(w, nfkc)) in s.said) = 0)
      order by coalesce(c.at, r.changed_at) desc, r.item_no desc limit $5 offset $6`,
    [words, tag ?? null, outcome ?? null, plan ?? null, pageSize, (page - 1) * pageSize]);
  return {
    rows: rows.map(({ total: _total, body, closedAt, changedAt, ...row }) => ({ ...row, excerpt: excerptOf(body, words), closedAt: closedAt?.toISOString() ?? null, changedAt: changedAt.toISOString() })),
    total: rows[0]?.total ?? 0,
  };
}

export async function readTags(pool: pg.Pool): Promise<{ tag: string; count: number }[]> {
  const { rows } = await pool.query<{ tag: string; count: number }>(
    `select tag, count(*)::int as count from plan_item r join plan_item p on p.item_no = r.parent_no, jsonb_array_elements_text(r.body -> 'tags') tag
      where r.kind = 'review' and r.removed_at is null and p.removed_at is null group by tag order by count desc, tag limit 200`);
  return rows;
}

/** Letters before what is looked for, and in all. */
const before = 30;
const length = 140;
const likeliest: readonly ReviewPart[] = ['lessons', 'result', 'wentWell', 'wentBadly', 'nextSteps'];

/** A review where it has the first word that it has, whole characters alone; else how its lessons, or its result, begin. */
export function excerptOf(body: Pick<ItemBody<'review'>, ReviewPart>, words: readonly string[]): string {
  const plain = words.map((word) => word.normalize('NFKC').toLowerCase());
  const place = likeliest.flatMap((part) => plain.map((word) => ({ part, at: body[part].toLowerCase().indexOf(word) }))).find(({ at }) => at >= 0);
  const part = place?.part ?? likeliest.find((each) => body[each] !== '') ?? 'lessons';
  const letters = [...body[part]];
  const from = Math.max(0, [...body[part].slice(0, place?.at ?? 0)].length - before);
  return `${from > 0 ? '…' : ''}${letters.slice(from, from + length).join('').replace(/\s+/g, ' ')}${letters.length > from + length ? '…' : ''}`;
}
