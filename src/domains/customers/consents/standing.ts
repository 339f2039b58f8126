import type pg from 'pg';
import type { ConsentChannel, ConsentPurpose } from '../contract/consent.ts';
import { readLineages } from '../merges/lineages.ts';
import type { Agreement } from './granted.ts';
import { evaluateConsent, type Statement } from './rules.ts';

/** What counts today of what somebody said about one way of being reached. */
export interface Standing {
  /** Null where they never said anything. */
  granted: boolean | null;
  /** False from when they refused it anywhere on. */
  mayPersonalise: boolean;
}

interface Said extends Statement {
  channel: ConsentChannel;
  purpose: ConsentPurpose;
}

/**
 * What counts for each of these people, by the numbers they count under. Whoever stands alone, which is nearly everybody, is read as
 * their newest statement of each kind; of those who were merged all statements are read, and the stricter counts.
 */
export async function readStandings(client: pg.Pool | pg.PoolClient, personNos: readonly number[], merged: readonly number[], { channel, purpose }: Agreement): Promise<Map<number, Standing>> {
  const { rows } = await client.query<{ no: number; about: string; granted: boolean }>({
    name: 'customers.standings',
    text: `select distinct on (customer_no, channel, purpose) customer_no as no, purpose as about, granted
      from consent where customer_no = any($1::int[]) and (purpose = 'personalisation' or (channel = $2 and purpose = $3))
      order by customer_no, channel, purpose, at desc, granted`,
    values: [personNos, channel, purpose],
  });
  const standings = new Map<number, Standing>();
  for (const { no, about, granted } of rows) note(standings, no, about, granted);
  for (const no of merged) standings.delete(no);
  if (merged.length > 0) await addMerged(client, standings, merged, { channel, purpose });
  return standings;
}

function note(standings: Map<number, Standing>, personNo: number, about: string, granted: boolean): void {
  const standing = standings.get(personNo) ?? { granted: null, mayPersonalise: true };
  if (about === 'personalisation') standing.mayPersonalise &&= granted;
  else standing.granted = granted;
  standings.set(personNo, standing);
}

async function addMerged(client: pg.Pool | pg.PoolClient, standings: Map<number, Standing>, personNos: readonly number[], agreement: Agreement): Promise<void> {
  const lineages = await readLineages(client, personNos);
  const { rows } = await client.query<Said>(
    `select customer_no as "customerNo", channel, purpose, granted, at from consent
      where customer_no = any($1::int[]) and (purpose = 'personalisation' or (channel = $2 and purpose = $3))`,
    [[...lineages.values()].flat().map((part) => part.customerNo), agreement.channel, agreement.purpose]);
  const saidBy = Map.groupBy(rows, (said) => said.customerNo);
  for (const [personNo, lineage] of lineages) {
    const parts = lineage.map(({ customerNo, mergedInto, mergedAt }) => ({ customerNo, survivorNo: customerNo === personNo ? null : mergedInto, mergedAt }));
    const said = lineage.flatMap((part) => saidBy.get(part.customerNo) ?? []);
    for (const statements of Map.groupBy(said, (one) => `${one.channel}/${one.purpose}`).values()) {
      const state = evaluateConsent(statements, parts);
      if (state) note(standings, personNo, statements[0].purpose, state.decisive.granted);
    }
  }
}
