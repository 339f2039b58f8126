import type pg from 'pg';
import { Problem } from '../../../kernel/problem.ts';
import type { TimelineEntry, TimelineKind } from '../contract/timeline.ts';
import type { TimelinePosition, TimelineSource } from '../sources.ts';

type Entry = Omit<TimelineEntry, 'kind' | 'id' | 'at'>;

/** Later than anything that can have happened: the position before the first page. */
const end: TimelinePosition = { at: new Date('9999-12-31T00:00:00Z'), id: '0' };

/** A source over one statement with the parameters numbers, moment, id and limit, newest first. */
function source<Row extends { id: number; at: Date }>(pool: pg.Pool, kind: TimelineKind, sql: string, entryOf: (row: Row) => Entry): TimelineSource {
  return {
    kinds: [kind],
    async page(customerNos, before, limit) {
      const { at, id } = before[kind] ?? end;
      if (!/^\d{1,18}$/.test(id)) throw new Problem('customers.bad_cursor');
      const { rows } = await pool.query<Row>({ name: `customers.timeline-${kind}`, text: sql, values: [customerNos, at, id, limit] });
      return rows.map((row) => ({ kind, id: String(row.id), at: row.at.toISOString(), ...entryOf(row) }));
    },
  };
}

const consentSource = (pool: pg.Pool): TimelineSource => source<{ id: number; at: Date; channel: string; purpose: string; granted: boolean; source: string; actor: string }>(pool, 'consent',
  `select consent_id as id, at, channel, purpose, granted, source, actor from consent
    where customer_no = any($1::int[]) and (at, consent_id) < ($2::timestamptz, $3::bigint) order by at desc, consent_id desc limit $4`,
  (row) => ({
    text: row.granted ? 'customers:timeline.consentGiven' : 'customers:timeline.consentWithdrawn',
    params: { channel: row.channel, purpose: row.purpose, actor: row.actor },
    facts: [{ label: 'customers:timeline.saidAt', value: row.source, unit: 'text' }],
  }));

interface ChangeRow {
  id: number;
  at: Date;
  kind: string;
  actor: string;
  details: { name?: string; kind?: string; fields?: string[] };
}

const changes = (kinds: string): string =>
  `select change_id as id, at, kind, actor, details from customer_change
    where customer_no = any($1::int[]) and kind in (${kinds}) and (at, change_id) < ($2::timestamptz, $3::bigint)
    order by at desc, change_id desc limit $4`;

const tagTexts: Record<string, string> = {
  tag_added: 'customers:timeline.tagAdded',
  tag_removed: 'customers:timeline.tagRemoved',
  tag_lapsed: 'customers:timeline.tagLapsed',
};

const tagSource = (pool: pg.Pool): TimelineSource => source<ChangeRow>(pool, 'tag', changes("'tag_added', 'tag_removed', 'tag_lapsed'"), (row) => ({
  text: tagTexts[row.kind],
  params: { name: row.details.name ?? '', actor: row.actor },
  facts: [],
}));

const editTexts: Record<string, string> = {
  edit: 'customers:timeline.edited',
  identifier_added: 'customers:timeline.identifierAdded',
  identifier_removed: 'customers:timeline.identifierRemoved',
};

const editSource = (pool: pg.Pool): TimelineSource => source<ChangeRow>(pool, 'edit', changes("'edit', 'identifier_added', 'identifier_removed'"), (row) => ({
  text: editTexts[row.kind],
  params: { kind: row.details.kind ?? '', fields: (row.details.fields ?? []).join(','), actor: row.actor },
  facts: [],
}));

/** A merge and its undoing are two things that happened: their ids are twice the merge's, and one more. */
const mergeSource = (pool: pg.Pool): TimelineSource => source<{ id: number; at: Date; isUndone: boolean; survivor_no: number; absorbed_no: number; reason: string; actor: string }>(pool, 'merge',
  `select * from (
      select 2 * merge_id::bigint as id, at, false as "isUndone", survivor_no, absorbed_no, reason, actor from customer_merge
        where survivor_no = any($1::int[]) or absorbed_no = any($1::int[])
      union all
      select 2 * merge_id::bigint + 1, undone_at, true, survivor_no, absorbed_no, reason, undone_by from customer_merge
        where undone_at is not null and (survivor_no = any($1::int[]) or absorbed_no = any($1::int[]))
    ) m where (at, id) < ($2::timestamptz, $3::bigint) order by at desc, id desc limit $4`,
  (row) => ({
    text: mergeText(row.isUndone, row.reason),
    params: { survivorNo: row.survivor_no, absorbedNo: row.absorbed_no, actor: row.actor },
    facts: [],
  }));

function mergeText(isUndone: boolean, reason: string): string {
  if (isUndone) return 'customers:timeline.mergeUndone';
  return reason === 'device' ? 'customers:timeline.recognised' : 'customers:timeline.merged';
}

/** What this domain knows of that happens to customers. */
export const ownTimelineSources = (pool: pg.Pool): TimelineSource[] => [consentSource(pool), tagSource(pool), editSource(pool), mergeSource(pool)];
