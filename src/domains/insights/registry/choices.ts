import { z } from 'zod';
import { dayIn } from '../../../kernel/day.ts';
import type { Locale } from '../../../kernel/locale.ts';
import { ask, question } from '../../../platform/clickhouse/query.ts';
import type { Platform } from '../../../platform/platform.ts';
import { readBrand } from '../../../platform/settings.ts';
import { namesOf } from '../question/replies.ts';
import type { Registry } from './registry.ts';

const mostChoices = 50;
/** Of values that go by other names than their own, so many are looked through for a text. */
const mostNamed = 2_000;
const params = z.object({ q: z.string(), zone: z.string(), today: z.string() });
const row = z.object({ value: z.string() });

/** The most frequent values of a dimension that contain a text; all of them where they are known beforehand. */
export async function choicesOf({ reader, pg, clock }: Platform, registry: Registry, name: string, q: string, locale: Locale): Promise<{ value: string; label: string }[]> {
  const dimension = registry.dimension(name);
  const { of, ofPerson, searched = [] } = dimension;
  const values = dimension.values ?? [];
  const [tableName, expression] = Object.entries(of ?? {})[0] ?? [];
  const found = [...values];
  // What people call a value is not in the facts: it is looked for among the names.
  const isByName = dimension.named !== undefined && searched.length === 0;
  if (values.length === 0 && (ofPerson || tableName)) {
    const { timeZone } = await readBrand(pg);
    const from = ofPerson ?? `select toString(${expression}) as value${searched.map((column) => `, ${column}`).join('')} from ${registry.table(tableName).from}`;
    const contains = ['value', ...(ofPerson ? [] : searched)].map((column) => `positionCaseInsensitiveUTF8(toString(${column}), {q:String}) > 0`).join(' or ');
    const sql = `select value from (${from}) where value != '' and (empty({q:String}) or ${contains}) group by value order by count() desc, value limit ${isByName && q !== '' ? mostNamed : mostChoices}`;
    const asked = question({ name: 'choices of a dimension', sql, params, row, limits: { timeoutMs: 10_000 } });
    found.push(...(await ask(reader, asked, { q: isByName ? '' : q, zone: timeZone, today: dayIn(timeZone, clock.now()) })).map(({ value }) => value));
  }
  const names = await namesOf(dimension, found, locale);
  const choices = found.map((value) => ({ value, label: names.get(value) ?? value }));
  if (!isByName || values.length > 0) return choices;
  const sought = q.toLocaleLowerCase();
  return choices.filter(({ value, label }) => [value, label].some((text) => text.toLocaleLowerCase().includes(sought))).slice(0, mostChoices);
}
