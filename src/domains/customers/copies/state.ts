import type pg from 'pg';
import { identifierKinds } from '../identifiers/kinds.ts';
import { activeRoots, readLineages } from '../merges/lineages.ts';
import { mergeProfiles } from '../profiles/profile.ts';
import { readPlainProfiles } from '../profiles/store.ts';
import { readTags } from '../tags/store.ts';
import { readConsentStates, readIdentifierKinds } from './reachable.ts';

/** The part of a customer that ClickHouse may know: nothing personal. A row of its table `customer`. */
export interface CustomerCopy {
  customer_no: number;
  status: 'active' | 'merged' | 'erased';
  created_at: string;
  channel: string;
  gender: string;
  birth_date: string | null;
  country: string;
  province: string;
  city: string;
  language: string;
  attributes: Record<string, unknown>;
  tags: number[];
  /** 1 where more than a device is known. */
  is_identified: 0 | 1;
  /** `sms/marketing/granted` */
  consents: string[];
  identifier_kinds: number[];
}

const statuses = ['active', 'merged', 'erased'] as const;

/**
 * What the copies of these customers should hold now; a survivor's holds what their whole lineage says. What was
 * noted under a number that became part of somebody meanwhile is told of that person, too.
 */
export async function readCopies(client: pg.PoolClient, customerNos: readonly number[]): Promise<CustomerCopy[]> {
  const lineages = await readLineages(client, [...new Set([...customerNos, ...(await activeRoots(client, customerNos))])]);
  const numbers = [...lineages.values()].flat().map((part) => part.customerNo);
  const profiles = await readPlainProfiles(client, numbers);
  const tagsByNo = Map.groupBy(await readTags(client, numbers), (tag) => tag.customerNo);
  const kinds = await readIdentifierKinds(client, [...lineages.keys()]);
  const consents = await readConsentStates(client, lineages);
  return [...lineages].map(([rootNo, lineage]) => {
    const [own] = lineage;
    const first = lineage.reduce((a, b) => (b.createdAt < a.createdAt ? b : a));
    const said = lineage.map((part) => profiles.get(part.customerNo)).filter((profile) => profile !== undefined);
    const merged = mergeProfiles(said);
    const tagIds = lineage.flatMap((part) => tagsByNo.get(part.customerNo) ?? []).map((tag) => tag.tagId);
    return {
      customer_no: rootNo,
      status: statuses[own.status],
      created_at: first.createdAt.toISOString(),
      channel: first.channel ?? own.channel ?? '',
      gender: merged.gender ?? '',
      birth_date: merged.birthDate,
      country: merged.country ?? '',
      province: merged.province ?? '',
      city: merged.city ?? '',
      language: merged.language ?? '',
      attributes: merged.attributes,
      tags: [...new Set(tagIds)].sort((a, b) => a - b),
      is_identified: kinds.get(rootNo)?.some((kind) => kind !== identifierKinds.device) ? 1 : 0,
      consents: consents.get(rootNo) ?? [],
      identifier_kinds: kinds.get(rootNo) ?? [],
    };
  });
}

/** Under which number each of these counts today, for those who are or ever were part of somebody else. */
export async function readMergePairs(client: pg.PoolClient, customerNos: readonly number[]): Promise<{ absorbed_no: number; survivor_no: number }[]> {
  const { rows } = await client.query<{ absorbed_no: number; survivor_no: number }>(
    `with recursive way (start_no, customer_no, merged_into) as (
        select customer_no, customer_no, merged_into from customer c where customer_no = any($1::int[])
          and (status = 1 or exists (select from customer_merge m where m.absorbed_no = c.customer_no))
        union all
        select w.start_no, c.customer_no, c.merged_into from customer c join way w on c.customer_no = w.merged_into
      ) select start_no as absorbed_no, customer_no as survivor_no from way where merged_into is null`, [customerNos]);
  return rows;
}
