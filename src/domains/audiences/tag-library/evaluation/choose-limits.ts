import { z } from 'zod';
import { formatDecimal, parseDecimal } from '../../../../kernel/decimal.ts';
import { Problem } from '../../../../kernel/problem.ts';
import type { ClickHouse } from '../../../../platform/clickhouse/client.ts';
import type { FieldRegistry } from '../../fields/registry.ts';

const row = z.tuple([z.object({ people: z.coerce.number(), limits: z.array(z.string()) })]);

/**
 * Limits that part the people who have a value into shares, in percent, the lowest first. People of the same value are
 * never parted, so a tier may hold more or fewer than its share. Nobody with a value has no limits.
 */
export async function chooseLimits(reader: ClickHouse, fields: FieldRegistry, name: string, over: string | null, shares: readonly number[]): Promise<string[] | null> {
  const field = fields.find(name);
  if (!field) throw new Problem('audiences.unknown_field', { params: { field: name, place: 'tiers.of' } });
  if (field.type !== 'number') throw new Problem('audiences.tiers_need_a_number', { params: { field: name } });
  // Whole percents, never words of a request.
  const levels = shares.slice(0, -1).map((_, i) => (shares.slice(0, i + 1).reduce((sum, share) => sum + share, 0) / 100).toFixed(2));
  const params = { over: over ?? '0', ...(field.attribute === undefined ? {} : { attribute: field.attribute }) };
  const rows = await reader.rows(
    `select count() as people, arrayMap(x -> toString(x), quantilesExactHigh(${levels.join(', ')})(assumeNotNull(value))) as limits
      from (${field.relation}) where value is not null ${over === null ? '' : 'and value > {over:Decimal(38, 4)}'}`, params);
  const [{ people, limits }] = row.parse(rows);
  return people === 0 ? null : limits.map((limit) => formatDecimal(parseDecimal(limit) ?? 0n));
}
