import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMallShop, type MallShop } from '../../../../../test/mall-shop.ts';
import { systemActor } from '../../../../kernel/actor.ts';
import { conflict } from '../../../../kernel/problem.ts';
import type { Command } from '../../ledger/command.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { proveLedger } from '../../ledger/store/proof.ts';
import { createProgramme } from '../../programme/programme.ts';
import type { PartnerBenefits } from '../partner-benefits.ts';
import { cancelOrder, confirmOrder, reverseOrder } from './change.ts';

/** A partner with so many left, who keeps what was given under which key. */
function pack(left: number): PartnerBenefits & { given: Map<string, string>; left: number } {
  return {
    given: new Map<string, string>(),
    left,
    list: async () => [{ key: 'film', names: { en: 'A month of films' } }],
    async grant({ key }) {
      const code = this.given.get(key) ?? `FILM-${this.given.size + 1}`;
      if (!this.given.has(key)) {
        if (this.left === 0) throw conflict('membership.benefit_not_given', { benefit: 'film' });
        this.left -= 1;
      }
      this.given.set(key, code);
      return { code };
    },
    async takeBack(key) {
      if (this.given.delete(key)) this.left += 1;
    },
  };
}

type Cut = 'before' | 'after' | null;

describe('an exchange that is cut short', () => {
  let shop: MallShop;
  let cut: { kind: Command['kind']; when: Cut } = { kind: 'spend', when: null };
  const partners = pack(2);
  /** The process dies just before a command of this kind reaches the ledger, or just after. */
  const between = (ledger: Ledger) => ({
    async execute(command: Command) {
      const hits = command.kind === cut.kind ? cut.when : null;
      if (hits === 'before') throw new Error('cut short');
      const done = await ledger.execute(command);
      if (hits === 'after') throw new Error('cut short');
      return done;
    },
  });
  let doors: Parameters<typeof confirmOrder>[0];
  beforeAll(async () => {
    shop = await createMallShop({ people: 60, points: 250, partners, between });
    const { platform } = shop.test;
    doors = { platform, ledger: { ...shop.ledger, ...between(shop.ledger) }, programme: createProgramme(platform), partners };
  });
  afterAll(() => shop.test.close());
  beforeEach(() => {
    cut = { kind: 'spend', when: null };
  });
  let person = 0;
  const later = (seconds: number): void => shop.setTime(new Date(shop.now().getTime() + seconds * 1_000));
  const available = async (customerNo: number): Promise<number> =>
    (await shop.rows<{ n: number }>('select coalesce(sum(remaining), 0)::int as n from points_lot where customer_no = $1', [customerNo]))[0].n;
  const stateOf = async (orderNo: number) => (await shop.rows<{ state: string; reason: string }>('select state, reason from mall_order where order_no = $1', [orderNo]))[0];
  const ordersOf = (customerNo: number) => shop.rows<{ orderNo: number; state: string }>('select order_no as "orderNo", state from mall_order where customer_no = $1', [customerNo]);
  const addsUp = async (): Promise<void> => expect(await proveLedger(shop.test.platform.pg)).toEqual({ imbalances: [], wrongLots: [], overReversed: [] });

  it.each(['before', 'after'] as const)('%s its points are spent is finished by the next turn, and they are spent once', async (when) => {
    const [no, itemNo] = [++person, await shop.addItem()];
    cut = { kind: 'spend', when };
    await expect(shop.exchange(no, itemNo, `key ${no}`)).rejects.toThrow('cut short');
    expect((await ordersOf(no))[0].state).toBe('opened');
    cut.when = null;
    expect(await shop.mall.tidyUp()).toBe(0);
    later(16);
    expect(await shop.mall.tidyUp()).toBe(1);
    const { state, isReplay } = await shop.exchange(no, itemNo, `key ${no}`);
    expect([state, isReplay, await available(no), await shop.left(itemNo)]).toEqual(['confirmed', true, 150, 9]);
    await addsUp();
  });

  it.each(['before', 'after'] as const)('%s its points are put aside waits for its money all the same', async (when) => {
    const [no, itemNo] = [++person, await shop.addItem({ money: '8.8' })];
    cut = { kind: 'hold', when };
    await expect(shop.exchange(no, itemNo)).rejects.toThrow('cut short');
    cut.when = null;
    later(16);
    await shop.mall.tidyUp();
    const [{ orderNo, state }] = await ordersOf(no);
    expect([state, await available(no)]).toEqual(['reserved', 150]);
    expect(await confirmOrder(doors, orderNo, 'PAY', systemActor)).toMatchObject({ state: 'confirmed' });
    expect(await available(no)).toBe(150);
  });

  it.each(['before', 'after'] as const)('%s what was put aside is spent has spent it once when it is finished, hours later too', async (when) => {
    for (const waitSeconds of [16, 3 * 3_600]) {
      const [no, itemNo] = [++person, await shop.addItem({ money: '8.8' })];
      const { orderNo } = await shop.exchange(no, itemNo);
      cut = { kind: 'commit', when };
      await expect(confirmOrder(doors, orderNo, 'PAY', systemActor)).rejects.toThrow('cut short');
      cut.when = null;
      later(waitSeconds);
      while ((await shop.mall.tidyUp()) > 0);
      expect([(await stateOf(orderNo)).state, await available(no), await shop.left(itemNo)]).toEqual(['confirmed', 150, 9]);
    }
    await addsUp();
  });

  it('and paid, whose points went elsewhere after the hold had let go, is closed and told so: the money has to go back', async () => {
    const [no, itemNo] = [++person, await shop.addItem({ money: '8.8', points: 200 })];
    const { orderNo } = await shop.exchange(no, itemNo);
    cut = { kind: 'commit', when: 'before' };
    await expect(confirmOrder(doors, orderNo, 'PAY', systemActor)).rejects.toThrow('cut short');
    cut.when = null;
    later(3 * 3_600);
    await shop.ledger.execute({ kind: 'spend', key: `elsewhere ${no}`, customerNo: no, occurredAt: 0, derivation: {}, amount: 250 });
    while ((await shop.mall.tidyUp()) > 0);
    expect([await stateOf(orderNo), await shop.left(itemNo)]).toEqual([{ state: 'cancelled', reason: 'points_gone' }, 10]);
    await addsUp();
  });

  it.each([['release', 'before'], ['release', 'after'], ['give_back', 'before'], ['give_back', 'after']] as const)('at %s, %s it is done, has given everything back once when it is finished', async (kind, when) => {
    const [no, itemNo] = [++person, await shop.addItem(kind === 'release' ? { money: '8.8' } : {})];
    const { orderNo } = await shop.exchange(no, itemNo);
    cut = { kind, when };
    const call = (): Promise<unknown> => (kind === 'release' ? cancelOrder(doors, orderNo, systemActor) : reverseOrder(doors, orderNo, { reason: 'x', returnsStock: true }, systemActor));
    await expect(call()).rejects.toThrow('cut short');
    cut.when = null;
    later(16);
    await shop.mall.tidyUp();
    await call();
    expect([(await stateOf(orderNo)).state, await available(no), await shop.left(itemNo)]).toEqual([kind === 'release' ? 'cancelled' : 'reversed', 250, 10]);
    await addsUp();
  });

  it('is not finished by who was slow, once somebody else has taken it over', async () => {
    const [no, itemNo] = [++person, await shop.addItem({ points: 999 })];
    cut = { kind: 'spend', when: 'before' };
    await expect(shop.exchange(no, itemNo)).rejects.toThrow('cut short');
    cut.when = null;
    const [{ orderNo }] = await ordersOf(no);
    await shop.rows('update mall_order set attempt = attempt + 1 where order_no = $1', [orderNo]);
    const { removeOrder } = await import('./store.ts');
    const client = await shop.test.platform.pg.connect();
    expect(await removeOrder(client, { orderNo, attempt: 1 })).toBe(false);
    client.release();
    // The other finds too few points: nothing is left of it then.
    later(16);
    await shop.mall.tidyUp();
    expect([await ordersOf(no), await shop.left(itemNo), await available(no)]).toEqual([[], 10, 250]);
  });

  it('gives what a partner gives once, gives points back when the partner has none left, and the benefit when it is reversed', async () => {
    const [no, itemNo] = [++person, await shop.addItem({ points: 50, delivery: { kind: 'partner', benefit: 'film' } }, null)];
    const first = await shop.exchange(no, itemNo);
    const second = await shop.exchange(no, itemNo);
    expect([first.code, second.code, partners.left]).toEqual(['FILM-1', 'FILM-2', 0]);
    await expect(shop.exchange(no, itemNo)).rejects.toMatchObject({ code: 'membership.benefit_not_given' });
    expect([(await ordersOf(no)).map(({ state }) => state), await available(no)]).toEqual([['fulfilled', 'fulfilled', 'reversed'], 150]);
    await reverseOrder(doors, second.orderNo, { reason: 'x', returnsStock: true }, systemActor);
    expect([partners.left, await available(no)]).toEqual([1, 200]);
    await addsUp();
  });
});
