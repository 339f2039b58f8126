import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BenefitsShop, createBenefitsShop } from '../../../../../test/benefits-shop.ts';
import { undoUse, useBenefit } from '../../contract.ts';
import { copyBenefits, createBenefitCopies } from './copy-benefits.ts';
import { benefitFields } from './fields.ts';

describe('benefits, as rules of audiences ask for them', () => {
  let shop: BenefitsShop;
  let people: number[];
  beforeAll(async () => {
    shop = await createBenefitsShop();
    ({ people } = shop);
    for (const member of people.slice(0, 3)) await shop.move(member, 'join', null, 'gold', '2026-05-01T00:00:00Z');
    await shop.benefit({ kind: 'upgrade', gifts: [{ giver: 'points', of: '', amount: 5 }] }, { tiers: ['black'] });
    const shipping = await shop.benefit({ kind: 'free_shipping', from: '0' });
    await shop.move(people[0], 'rise', 'gold', 'black', '2026-06-10T00:00:00Z');
    await shop.followed();
    for (const [n, member] of [people[0], people[1], people[1]].entries()) {
      await shop.ask(useBenefit, { body: { key: `u${n}`, customerNo: member, benefitId: shipping } });
    }
    await shop.ask(undoUse, { body: { key: 'undo', of: 'u2' } });
    await copyBenefits(shop.platform);
  });
  afterAll(() => shop.close());

  const values = async (name: string) => {
    const field = benefitFields.find((each) => each.name === `membership.${name}`);
    const rows = await shop.platform.clickhouse.rows(`select customer_no, value from (${field?.relation ?? ''}) order by customer_no`);
    return (rows as { customer_no: number; value: string }[]).map(({ customer_no: no, value }) => [people.indexOf(no), value]);
  };

  it('say how much was given, used and is still to be used, and when something was used last', async () => {
    expect((await values('benefits_given')).map(([no, value]) => [no, Number(value)])).toEqual([[0, 1], [1, 0]]);
    expect((await values('benefits_used')).map(([no, value]) => [no, Number(value)])).toEqual([[0, 2], [1, 1]]);
    expect((await values('benefits_unused')).map(([no, value]) => [no, Number(value)])).toEqual([[0, 0], [1, 0]]);
    expect(await values('benefit_used_at')).toEqual([[0, '2026-06-18T04:00:00.000Z'], [1, '2026-06-18T04:00:00.000Z']]);
  });

  it('are copied anew when anything was written, and not otherwise', async () => {
    const ticket = async () => (await shop.platform.pg.query<{ n: number }>('select last_value as n from customer_copy_ticket')).rows[0].n;
    await shop.platform.pg.query('select pg_stat_force_next_flush()');
    const look = createBenefitCopies(shop.platform);
    const before = await ticket();
    await look();
    expect(await ticket()).toBe(before + 1);
    await look();
    expect(await ticket()).toBe(before + 1);
  });
});
