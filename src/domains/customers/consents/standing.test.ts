import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCustomersServer, type CustomersServer } from '../../../../test/customers-server.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { readConsentStates } from '../copies/reachable.ts';
import { readLineages } from '../merges/lineages.ts';
import { consentChannels, type ConsentPurpose } from '../contract/consent.ts';
import { readStandings } from './standing.ts';

const purposes: ConsentPurpose[] = ['marketing', 'service', 'personalisation'];
const anything = fc.array(fc.record({
  who: fc.integer({ min: 0, max: 5 }), channel: fc.constantFrom(...consentChannels.slice(0, 3)), purpose: fc.constantFrom(...purposes), granted: fc.boolean(), day: fc.integer({ min: 1, max: 6 }),
}), { minLength: 1, maxLength: 40 });

describe('what counts of what somebody said', () => {
  let shop: CustomersServer;
  let people: number[];
  beforeAll(async () => {
    shop = await createCustomersServer();
    people = await Promise.all(['A', 'B', 'C', 'D', 'E', 'F'].map((external_id) => shop.person({ external_id })));
    // The fifth became part of the second on the third day, the sixth part of the fifth on the fourth.
    await shop.platform.pg.query("update customer set status = 1, merged_into = $1, merged_at = '2026-01-03' where customer_no = $2", [people[1], people[4]]);
    await shop.platform.pg.query("update customer set status = 1, merged_into = $1, merged_at = '2026-01-04' where customer_no = $2", [people[4], people[5]]);
  });
  afterAll(() => shop.close());

  it('is the same for thousands at once as by the rules for one', async () => {
    await fc.assert(fc.asyncProperty(anything, async (said) => {
      await shop.platform.pg.query('delete from consent');
      await inTransaction(shop.platform.pg, (client) => shop.customers.consents.record(client, said.map(({ who, channel, purpose, granted, day }) =>
        ({ customerNo: people[who], channel, purpose, granted, at: new Date(Date.UTC(2026, 0, day)), source: 'test', actor: 'test' }))));
      const roots = people.slice(0, 4);
      await inTransaction(shop.platform.pg, async (client) => {
        const states = await readConsentStates(client, await readLineages(client, roots));
        for (const purpose of ['marketing', 'service'] as const) {
          const standings = await readStandings(client, roots, [people[1]], { channel: 'sms', purpose });
          for (const no of roots) {
            const { granted, mayPersonalise } = standings.get(no) ?? { granted: null, mayPersonalise: true };
            const state = states.get(no)?.find((one) => one.startsWith(`sms/${purpose}/`));
            expect(granted).toBe(state ? state.endsWith('granted') : null);
            expect(mayPersonalise).toBe(!states.get(no)?.some((one) => one.endsWith('personalisation/withdrawn')));
          }
        }
      });
    }), { numRuns: 60 });
  });
});
