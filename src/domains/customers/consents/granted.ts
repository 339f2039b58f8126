import type pg from 'pg';
import type { ConsentChannel, ConsentPurpose } from '../contract/consent.ts';
import { readConsentStates } from '../copies/reachable.ts';
import { readLineages } from '../merges/lineages.ts';

/** What somebody can agree to. */
export interface Agreement {
  channel: ConsentChannel;
  purpose: ConsentPurpose;
}

/** Who of these people, by the number they count under, agrees to it today, and since when without a break. */
export async function whoAgreesTo(client: pg.PoolClient, customerNos: readonly number[], { channel, purpose }: Agreement): Promise<Map<number, Date>> {
  const lineages = await readLineages(client, customerNos);
  const states = await readConsentStates(client, lineages);
  const agreeing = customerNos.filter((customerNo) => states.get(customerNo)?.includes(`${channel}/${purpose}/granted`));
  const parts = agreeing.flatMap((rootNo) => (lineages.get(rootNo) ?? []).map(({ customerNo }) => ({ rootNo, customerNo })));
  const { rows } = await client.query<{ rootNo: number; since: Date }>(
    `select root_no as "rootNo", coalesce(min(at) filter (where granted and at > coalesce(refused_at, '-infinity')), max(at)) as since from (
        select p.root_no, c.granted, c.at, max(c.at) filter (where not c.granted) over (partition by p.root_no) as refused_at
        from unnest($1::int[], $2::int[]) as p (root_no, customer_no) join consent c using (customer_no) where c.channel = $3 and c.purpose = $4) as said
      group by root_no`,
    [parts.map((part) => part.rootNo), parts.map((part) => part.customerNo), channel, purpose]);
  return new Map(rows.map(({ rootNo, since }) => [rootNo, since]));
}
