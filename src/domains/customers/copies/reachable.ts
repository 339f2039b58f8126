import type pg from 'pg';
import type { ConsentChannel, ConsentPurpose } from '../contract/consent.ts';
import { evaluateConsent, type Statement } from '../consents/rules.ts';
import type { LineageMember } from '../merges/lineages.ts';

type Lineages = ReadonlyMap<number, readonly LineageMember[]>;

interface Said extends Statement {
  channel: ConsentChannel;
  purpose: ConsentPurpose;
}

/** What counts of what each person of these lineages said about being reached: `sms/marketing/granted`, sorted. */
export async function readConsentStates(client: pg.PoolClient, lineages: Lineages): Promise<Map<number, string[]>> {
  const numbers = [...new Set([...lineages.values()].flat().map((part) => part.customerNo))];
  const { rows } = await client.query<Said>(
    'select customer_no as "customerNo", channel, purpose, granted, at from consent where customer_no = any($1::int[])', [numbers]);
  const saidBy = Map.groupBy(rows, (said) => said.customerNo);
  return new Map([...lineages].map(([rootNo, lineage]) => [rootNo, statesOf(rootNo, lineage, lineage.flatMap((part) => saidBy.get(part.customerNo) ?? []))]));
}

function statesOf(rootNo: number, lineage: readonly LineageMember[], said: readonly Said[]): string[] {
  if (said.length === 0) return [];
  const parts = lineage.map(({ customerNo, mergedInto, mergedAt }) => ({ customerNo, survivorNo: customerNo === rootNo ? null : mergedInto, mergedAt }));
  return [...Map.groupBy(said, ({ channel, purpose }) => `${channel}/${purpose}`)].flatMap(([about, statements]) => {
    const state = evaluateConsent(statements, parts);
    return state ? [`${about}/${state.decisive.granted ? 'granted' : 'withdrawn'}`] : [];
  }).sort();
}

/** The numbers of the kinds of identifier each of these customers is known by, ascending. After a merge they are the survivor's. */
export async function readIdentifierKinds(client: pg.PoolClient, customerNos: readonly number[]): Promise<Map<number, number[]>> {
  const { rows } = await client.query<{ customer_no: number; kinds: number[] }>(
    'select customer_no, array_agg(distinct kind order by kind) as kinds from identifier where customer_no = any($1::int[]) group by customer_no', [customerNos]);
  return new Map(rows.map((row) => [row.customer_no, row.kinds]));
}
