import type pg from 'pg';
import { mergeProfiles } from '../profiles/profile.ts';
import { readProfiles } from '../profiles/store.ts';
import { readTags } from '../tags/store.ts';
import type { Vault } from '../vault/vault.ts';

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
}

interface Part {
  root_no: number;
  customer_no: number;
  status: number;
  created_at: Date;
  channel: string | null;
}

const statuses = ['active', 'merged', 'erased'] as const;

/** What the copies of these customers should hold now; a survivor's holds what their whole lineage says. */
export async function readCopies(client: pg.PoolClient, vault: Vault, customerNos: readonly number[]): Promise<CustomerCopy[]> {
  const parts = await readParts(client, customerNos);
  const numbers = parts.map((part) => part.customer_no);
  const profiles = await readProfiles(client, vault, numbers);
  const tagsByNo = Map.groupBy(await readTags(client, numbers), (tag) => tag.customerNo);
  return [...Map.groupBy(parts, (part) => part.root_no)].map(([rootNo, lineage]) => {
    const own = lineage.find((part) => part.customer_no === rootNo) ?? lineage[0];
    const first = lineage.reduce((a, b) => (b.created_at < a.created_at ? b : a));
    const said = lineage.map((part) => profiles.get(part.customer_no)?.profile).filter((profile) => profile !== undefined);
    const merged = mergeProfiles(said);
    const tagIds = lineage.flatMap((part) => tagsByNo.get(part.customer_no) ?? []).map((tag) => tag.tagId);
    return {
      customer_no: rootNo,
      status: statuses[own.status],
      created_at: first.created_at.toISOString(),
      channel: first.channel ?? own.channel ?? '',
      gender: merged.gender ?? '',
      birth_date: merged.birthDate,
      country: merged.country ?? '',
      province: merged.province ?? '',
      city: merged.city ?? '',
      language: merged.language ?? '',
      attributes: merged.attributes,
      tags: [...new Set(tagIds)].sort((a, b) => a - b),
    };
  });
}

/** Each customer first, then who became part of them. */
async function readParts(client: pg.PoolClient, customerNos: readonly number[]): Promise<Part[]> {
  const { rows } = await client.query<Part>(
    `with recursive part (root_no, customer_no, depth) as (
        select no, no, 0 from unnest($1::int[]) as n (no)
        union all
        select p.root_no, c.customer_no, p.depth + 1 from customer c join part p on c.merged_into = p.customer_no where c.status = 1
      ) select root_no, customer_no, status, created_at, channel from part join customer using (customer_no)
      order by root_no, depth, customer_no`, [customerNos]);
  return rows;
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
