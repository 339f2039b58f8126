import type pg from 'pg';
import { parseSort } from '../../../../kernel/page.ts';
import { type Locale, locales } from '../../../../kernel/locale.ts';
import type { EndpointInput } from '../../../../kernel/endpoint.ts';
import type { listTemplates, TemplateRow as ShownRow } from '../../contract.ts';

type Asked = EndpointInput<typeof listTemplates>['query'];

const orders = { name: 'lower(name)', changedAt: 'changed_at' } as const;
const shown = {
  active: 'archived_at is null',
  usable: 'archived_at is null and approved_version is not null',
  waiting: `archived_at is null and open_state = 'waiting'`,
  archived: 'archived_at is not null',
} as const;

/** A page of templates. What a search looks for is in the name or the category. */
export async function readPage(pool: pg.Pool, { page, pageSize, sort, q, channel, purpose, show }: Asked): Promise<{ rows: ShownRow[]; total: number }> {
  const { field, descending } = parseSort(sort, ['name', 'changedAt']) ?? { field: 'changedAt', descending: true };
  const filtered = `from (select t.*,
      (select max(version_no) from message_template_version v where v.template_no = t.template_no and state = 'approved') as approved_version,
      o.version_no as open_version, o.state as open_state,
      (select max(greatest(edited_at, submitted_at, approved_at, withdrawn_at)) from message_template_version v where v.template_no = t.template_no) as changed_at,
      (select array_agg(key) from message_template_version v, jsonb_object_keys(v.content->'locales') as key where v.template_no = t.template_no
        and v.version_no = (select max(version_no) from message_template_version n where n.template_no = t.template_no)) as languages
    from message_template t left join message_template_version o on o.template_no = t.template_no and o.state in ('draft', 'waiting')) as template
    where ${shown[show]} and ($1::text is null or channel = $1) and ($2::text is null or purpose = $2)
      and ($3::text is null or position(lower($3) in lower(name)) > 0 or position(lower($3) in lower(category)) > 0)`;
  const values = [channel ?? null, purpose ?? null, q || null];
  const [{ rows }, { rows: [{ total }] }] = await Promise.all([
    pool.query<Omit<ShownRow, 'createdAt' | 'archivedAt' | 'changedAt' | 'locales'> & { createdAt: Date; archivedAt: Date | null; changedAt: Date | null; languages: Locale[] | null }>(
      `select template_no as "templateNo", name, channel, purpose, category, created_by as "createdBy", created_at as "createdAt", archived_at as "archivedAt",
        approved_version as "approvedVersion", open_version as "openVersion", open_state as "openState", changed_at as "changedAt", languages
      ${filtered} order by ${orders[field]} ${descending ? 'desc' : 'asc'} nulls last, template_no desc limit $4 offset $5`,
      [...values, pageSize, (page - 1) * pageSize]),
    pool.query<{ total: number }>(`select count(*)::int as total ${filtered}`, values),
  ]);
  return {
    total,
    rows: rows.map(({ createdAt, archivedAt, changedAt, languages, ...row }) => ({
      ...row, createdAt: createdAt.toISOString(), archivedAt: archivedAt?.toISOString() ?? null, changedAt: (changedAt ?? createdAt).toISOString(),
      locales: locales.filter((locale) => languages?.includes(locale)),
    })),
  };
}
