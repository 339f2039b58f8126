import { createPartners, type Partners } from '../src/domains/membership/partners/partners.ts';
import {
  addPartnerContract,
  buyPartnerUnits,
  createPartner,
  createPartnerPack,
  movePartner,
  readPartner,
} from '../src/domains/membership/contract.ts';
import type { Endpoint, EndpointInput, EndpointRequest } from '../src/kernel/endpoint.ts';
import { createSay } from '../src/platform/i18n.ts';
import { type Answer, createCustomersServer, type CustomersServer } from './customers-server.ts';

type Body<E extends Endpoint> = NonNullable<EndpointRequest<E>['body']>;

export interface PartnersServer extends Omit<CustomersServer, 'ask'> {
  partners: Partners;
  /** The time it is; tests move it. */
  clock: { at: Date };
  /** A request of somebody who may do everything with partners. */
  ask<E extends Endpoint>(
    endpoint: E,
    request?: EndpointRequest<E>,
    permissions?: string | null,
  ): Promise<Answer<E>>;
  /** A partner on the board. */
  partner(name?: string): Promise<number>;
  /** One that runs, under a contract over the whole of 2026. */
  running(
    contract?: Partial<EndpointInput<typeof addPartnerContract>['body']>,
  ): Promise<{ partnerId: number; contractId: number }>;
  /** A pack that holds so many; without a partner, one of a partner of its own. */
  pack(
    of: { partnerId: number; contractId: number },
    units?: number,
    over?: Partial<Body<typeof createPartnerPack>>,
  ): Promise<number>;
}

/** Everything a person with all of this domain's permissions on partners may do. */
export const partnersMay =
  'membership.partners membership.partner_contacts membership.checkout membership.read';

export async function createPartnersServer(): Promise<PartnersServer> {
  const clock = { at: new Date('2026-06-18T04:00:00Z') };
  let partners: Partners | undefined;
  const shop = await createCustomersServer((platform, customers) => {
    platform.clock.now = () => new Date(clock.at);
    partners = createPartners({ platform, customers, say: createSay() });
    partners.heldData?.forEach(customers.registerHeldDataSource);
    return partners.routes;
  });
  if (!partners) throw new Error('no partners were made');
  let made = 0;
  const ask: PartnersServer['ask'] = (endpoint, request = {}, permissions = partnersMay) =>
    shop.ask(endpoint, permissions, request);
  const partner = async (name = `Partner ${++made}`): Promise<number> =>
    (await ask(createPartner, { body: { name } })).body.partnerId;
  return {
    ...shop,
    ask,
    partners,
    clock,
    partner,
    async running(contract = {}) {
      const partnerId = await partner();
      const {
        body: { contractId },
      } = await ask(addPartnerContract, {
        params: { partnerId },
        body: {
          startsOn: '2026-01-01',
          endsOn: '2026-12-31',
          settlement: 'prepaid',
          billedOn: 'grant',
          priceEach: '12.5',
          cap: null,
          currency: 'CNY',
          terms: '',
          ...contract,
        },
      });
      const {
        body: { version },
      } = await ask(readPartner, { params: { partnerId } });
      await ask(movePartner, { params: { partnerId }, body: { version, stage: 'running' } });
      return { partnerId, contractId };
    },
    async pack({ partnerId, contractId }, units = 0, over = {}) {
      const body = {
        contractId,
        names: { 'zh-CN': '咖啡券', en: 'Coffee' },
        codes: 'none' as const,
        priceEach: '12.5',
        startsOn: '2026-01-01',
        endsOn: '2026-12-31',
        validDays: 30,
        perPerson: null,
        alertLevel: 5,
        most: null,
        ...over,
      };
      const reply = await ask(createPartnerPack, { params: { partnerId }, body });
      if (reply.status !== 201) throw new Error(reply.text);
      const { packNo } = reply.body;
      if (units > 0)
        await ask(buyPartnerUnits, { params: { packNo }, body: { key: `buy ${packNo}`, units } });
      return packNo;
    },
  };
}
