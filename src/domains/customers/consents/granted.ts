import type pg from 'pg';
import type { ConsentChannel, ConsentPurpose } from '../contract/consent.ts';
import { readConsentStates } from '../copies/reachable.ts';
import { readLineages } from '../merges/lineages.ts';

/** Who of these people, by the number they count under, agrees today to a purpose on a channel. */
export async function whoAgreesTo(client: pg.PoolClient, customerNos: readonly number[], { channel, purpose }: { channel: ConsentChannel; purpose: ConsentPurpose }): Promise<Set<number>> {
  const states = await readConsentStates(client, await readLineages(client, customerNos));
  return new Set(customerNos.filter((customerNo) => states.get(customerNo)?.includes(`${channel}/${purpose}/granted`)));
}
