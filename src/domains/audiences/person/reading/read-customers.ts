import type { ClickHouse } from '../../../../platform/clickhouse/client.ts';
import { identifierKinds, type IdentifierKind } from '../../../customers/contract.ts';
import type { Needs } from '../needs.ts';

/** What the copies of customers say, by the number they count under. */
export interface Standing {
  tags: readonly number[];
  consents: readonly string[];
  kinds: readonly IdentifierKind[];
}

const kindNames = new Map<number, IdentifierKind>(Object.entries(identifierKinds).map(([kind, code]) => [code, kind as IdentifierKind]));

/** Those of the numbers who are customers today, with what is needed of their copies. */
export async function readCustomers(clickhouse: ClickHouse, needs: Needs, customerNos: readonly number[]): Promise<Map<number, Standing>> {
  const columns = [
    'customer_no as no',
    ...(needs.tags.size > 0 ? ['tags'] : []),
    ...(needs.consents ? ['consents'] : []),
    ...(needs.identifiers ? ['identifier_kinds as kinds'] : []),
  ];
  const rows = (await clickhouse.rows(
    `select ${columns.join(', ')} from customer final where status = 'active' and customer_no in {customerNos:Array(UInt32)}`, { customerNos },
  )) as { no: number; tags?: number[]; consents?: string[]; kinds?: number[] }[];
  return new Map(rows.map(({ no, tags = [], consents = [], kinds = [] }) =>
    [no, { tags, consents, kinds: kinds.map((code) => kindNames.get(code)).filter((kind) => kind !== undefined) }]));
}
