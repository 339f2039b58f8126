import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPartnersServer, type PartnersServer } from '../../../../test/partners-server.ts';
import {
  buyPartnerUnits,
  grantPartnerBenefit,
  listPartnerContracts,
  readPartnerLedger,
  reversePartnerGrant,
  usePartnerBenefit,
} from '../contract.ts';
import { provePartnerLedger } from './packs/proof.ts';

/** One command of a history; numbers choose among what there is. */
type Step =
  | { kind: 'give'; key: number; person: number }
  | { kind: 'use'; key: number; which: number; hoursAgo: number }
  | { kind: 'reverse'; key: number; which: number; returns: boolean }
  | { kind: 'buy'; key: number; units: number }
  | { kind: 'wait'; hours: number };

const small = fc.nat({ max: 12 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('give' as const),
      key: small,
      person: fc.nat({ max: 2 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('use' as const),
      key: small,
      which: fc.nat({ max: 5 }),
      hoursAgo: fc.nat({ max: 30 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('reverse' as const),
      key: small,
      which: fc.nat({ max: 5 }),
      returns: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('buy' as const),
      key: small,
      units: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      hours: fc.integer({ min: 1, max: 30 }),
    }),
  },
);
const terms = fc.record({
  settlement: fc.constantFrom('prepaid' as const, 'billed' as const),
  billedOn: fc.constantFrom('grant' as const, 'use' as const),
  cap: fc.constantFrom(null, '37.5', '1000'),
});

/** What a plain reader would expect of a history, kept beside the database in the simplest way. */
interface Expected {
  bought: number;
  given: Map<number, { used: boolean; reversed: boolean; returned: boolean }>;
  answers: Map<string, string>;
}

describe('the ledger of a partner', () => {
  let shop: PartnersServer;
  let people: number[];
  beforeAll(async () => {
    shop = await createPartnersServer();
    people = [];
    for (let n = 0; n < 3; n++) people.push(await shop.person({ external_id: `U-${n}` }));
  });
  afterAll(() => shop.close());

  const send = async (
    packNo: number,
    grants: readonly number[],
    move: Exclude<Step, { kind: 'wait' }>,
    name: string,
  ) => {
    const key = `${name} ${move.key}`;
    if (move.kind === 'give')
      return shop.ask(grantPartnerBenefit, {
        params: { packNo },
        body: { key, customerNo: people[move.person] },
      });
    if (move.kind === 'buy')
      return shop.ask(buyPartnerUnits, { params: { packNo }, body: { key, units: move.units } });
    const grantNo = grants[move.which % Math.max(1, grants.length)] ?? 999_999_999;
    if (move.kind === 'reverse')
      return shop.ask(reversePartnerGrant, {
        params: { grantNo },
        body: { key, reason: 'x', returns: move.returns },
      });
    const usedAt = new Date(shop.clock.at.getTime() - move.hoursAgo * 3_600_000).toISOString();
    return shop.ask(usePartnerBenefit, {
      params: { packNo },
      body: { key, code: `G${grantNo}`, usedAt },
    });
  };

  const note = (expected: Expected, move: Step, body: object): void => {
    const { grantNo = 0 } = body as { grantNo?: number };
    const grant = expected.given.get(grantNo);
    if (move.kind === 'give')
      expected.given.set(grantNo, { used: false, reversed: false, returned: false });
    if (move.kind === 'buy') expected.bought += move.units;
    if (move.kind === 'use' && grant) grant.used = true;
    if (move.kind === 'reverse' && grant)
      Object.assign(grant, { reversed: true, returned: move.returns });
  };

  let histories = 0;

  it('adds up after every command of any history, sent once, again or at the same time, and owes what a plain count says', async () => {
    await fc.assert(
      fc.asyncProperty(
        terms,
        fc.array(step, { minLength: 5, maxLength: 25 }),
        async ({ settlement, billedOn, cap }, steps) => {
          const name = `history ${++histories}`;
          shop.clock.at = new Date('2026-06-18T04:00:00Z');
          const of = await shop.running({ settlement, billedOn, cap });
          const packNo = await shop.pack(of, 0, { most: 3, validDays: 1, perPerson: 4 });
          const expected: Expected = {
            bought: settlement === 'billed' ? 3 : 0,
            given: new Map(),
            answers: new Map(),
          };
          for (const move of steps) {
            if (move.kind === 'wait') {
              shop.clock.at = new Date(shop.clock.at.getTime() + move.hours * 3_600_000);
              continue;
            }
            const twice = await Promise.all(
              [1, 2].map(() => send(packNo, [...expected.given.keys()], move, name)),
            );
            for (const { status, text } of twice) expect([200, 404, 409], text).toContain(status);
            const done = twice.filter(({ status }) => status === 200);
            const fresh = done.filter(({ body }) => !body.isReplay);
            expect(fresh.length).toBeLessThanOrEqual(1);
            for (const { body } of fresh) note(expected, move, body);
            for (const { body } of done) {
              const { isReplay: _replay, ...answer } = body;
              const key = `${name} ${move.key}`;
              expect(JSON.stringify(answer)).toBe(
                expected.answers.get(key) ?? JSON.stringify(answer),
              );
              expected.answers.set(key, JSON.stringify(answer));
            }
          }
          const given = [...expected.given.values()];
          const {
            packs: [pack],
            contracts: [contract],
          } = (await shop.ask(listPartnerContracts, { params: { partnerId: of.partnerId } })).body;
          const returned = given.filter((each) => each.returned).length;
          expect(pack).toMatchObject({
            bought: expected.bought,
            granted: given.length,
            used: given.filter(({ used }) => used).length,
            reversed: given.filter(({ reversed }) => reversed).length,
            left: expected.bought - given.length + returned,
          });
          expect(pack.left).toBeGreaterThanOrEqual(0);
          if (cap !== null) expect(Number(contract.committed)).toBeLessThanOrEqual(Number(cap));
          const costs =
            settlement === 'prepaid'
              ? expected.bought
              : given.filter(({ used, reversed }) => !reversed && (billedOn === 'grant' || used))
                  .length;
          const { balances, faults } = (
            await shop.ask(readPartnerLedger, { params: { partnerId: of.partnerId } })
          ).body;
          expect(faults).toEqual([]);
          expect(Number(balances[0]?.owed ?? 0)).toBe(costs * 12.5);
        },
      ),
      { numRuns: 40 },
    );
    expect(await provePartnerLedger(shop.platform.pg)).toEqual([]);
  }, 170_000);
});

describe('the proof of a partner’s ledger', () => {
  it('finds what was changed behind its back', async () => {
    const shop = await createPartnersServer();
    const customerNo = await shop.person({ external_id: 'U-1' });
    const packNo = await shop.pack(await shop.running(), 5, { codes: 'issued' });
    const {
      body: { grantNo },
    } = await shop.ask(grantPartnerBenefit, { params: { packNo }, body: { key: 'a', customerNo } });
    expect(await provePartnerLedger(shop.platform.pg)).toEqual([]);
    const { pg } = shop.platform;
    await pg.query('update partner_pack set bought = 6 where pack_no = $1', [packNo]);
    expect(await provePartnerLedger(pg)).toEqual([
      `pack ${packNo}: its counts are not what its lines come to`,
    ]);
    await pg.query('update partner_pack set bought = 5 where pack_no = $1', [packNo]);
    await pg.query('update partner_grant set used_at = now() where grant_no = $1', [grantNo]);
    expect(await provePartnerLedger(pg)).toEqual([
      `benefit ${grantNo}: its lines do not tell what it is`,
    ]);
    await pg.query('update partner_grant set used_at = null where grant_no = $1', [grantNo]);
    await pg.query('update partner_code set grant_no = null where grant_no = $1', [grantNo]);
    expect(await provePartnerLedger(pg)).toEqual([`benefit ${grantNo}: it has no code`]);
    await shop.close();
  });
});
