import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  askedFunnel,
  createFunnelShop,
  eventStep,
  hourMs,
  orderStep,
  shopFact,
  zero,
} from '../../../../test/funnel-shop.ts';
import type { InsightsServer } from '../../../../test/insights-server.ts';
import {
  createFunnel,
  deleteFunnel,
  listFunnels,
  readFunnel,
  readFunnelNext,
  readPeople,
  updateFunnel,
} from '../contract.ts';

describe('funnels', () => {
  let brand: Awaited<ReturnType<typeof createFunnelShop>>;
  let shop: InsightsServer;
  beforeAll(async () => {
    brand = await createFunnelShop();
    shop = brand.shop;
  });
  afterAll(() => shop.close());

  describe('of a shop', () => {
    beforeAll(() =>
      brand.replaceFacts([
        shopFact(1, 1, 'View'),
        shopFact(1, 2, 'Add'),
        shopFact(1, 3, 'sale'),
        shopFact(2, 1, 'View'),
        shopFact(2, 2, 'View'),
        shopFact(2, 30, 'Add'),
        shopFact(3, 5, 'View', { price: 3 }),
        shopFact(3, 6, 'sale'),
        shopFact(3, 7, 'Add'),
        shopFact(4, 60, 'View'),
        shopFact(5, 70, 'Add'),
        shopFact(6, 1, 'sale', { order: 'one' }),
        shopFact(6, 2, 'sale', { order: 'one' }),
        shopFact(7, 1, 'sale'),
        shopFact(7, 40, 'sale'),
        shopFact(0, 1, 'View'),
        shopFact(0, 2, 'Add'),
      ]),
    );
    const steps = [eventStep('View'), eventStep('Add'), orderStep()];

    it('tell who is behind a step, and who left at it', async () => {
      const { steps: told, groups } = await brand.read(
        askedFunnel(steps, { split: { by: 'gender' } }),
      );
      expect(told.map(({ reached, stopped, open }) => [reached, stopped, open])).toEqual([
        [4, 1, 0],
        [3, 2, 0],
        [1, 1, 0],
      ]);
      expect(groups.map(({ key, reached }) => [key, ...reached])).toEqual([
        ['female', 2, 1, 1],
        ['', 1, 1, 0],
        ['male', 1, 1, 0],
      ]);
      const behind = async (of: object) => {
        const reply = await shop.ask(readPeople, {
          body: {
            of: {
              kind: 'funnel_step',
              ...askedFunnel(steps, { split: { by: 'gender' } }),
              ...of,
            } as never,
          },
        });
        expect(reply.text).not.toContain('funnel.');
        return reply.body.people.map(({ customerNo }) => customerNo).toSorted();
      };
      expect(await behind({ step: 1, part: 'reached' })).toEqual([1, 2, 3]);
      expect(await behind({ step: 1, part: 'left' })).toEqual([2, 3]);
      expect(await behind({ step: 1, part: 'left', group: { key: '' } })).toEqual([3]);
      expect(await behind({ step: 1, part: 'left', group: { key: 'none of them' } })).toEqual([]);
      expect(await behind({ step: 2, part: 'reached' })).toEqual([1]);
    });

    it('say what those did next who left', async () => {
      const { body } = await shop.ask(readFunnelNext, {
        body: { ...askedFunnel([eventStep('View'), eventStep('Nothing of that name')]), step: 0 },
      });
      expect(body).toMatchObject({
        people: 4,
        nothing: 1,
        next: [
          { fact: 'event', name: 'View', people: 1 },
          { fact: 'event', name: 'Add', people: 1 },
          { fact: 'sale', name: null, people: 1 },
        ],
      });
    });

    it("leave nobody's facts out of account as a person, and count an order's lines as one order", async () => {
      const twice = await brand.read(
        askedFunnel([{ ...orderStep(), which: 'first' }, orderStep()]),
      );
      expect(twice.steps.map(({ reached }) => reached)).toEqual([4, 1]);
      expect(twice.whole).toEqual({ lower: 39 * hourMs, median: 39 * hourMs, upper: 39 * hourMs });
    });

    it('know whose time has not run out', async () => {
      const { clock } = shop.platform;
      const now = clock.now;
      clock.now = () => new Date(zero + 61 * hourMs);
      expect(
        (await brand.read(askedFunnel(steps, { fresh: true }))).steps.map(({ open }) => open),
      ).toEqual([1, 0, 0]);
      clock.now = now;
    });

    it('divide people by an audience, and refuse one that is not there', async () => {
      expect(
        (
          await shop.ask(readFunnel, {
            body: askedFunnel(steps, { split: { by: 'audience', audienceId: 99 } }),
          })
        ).status,
      ).toBe(404);
    });

    it.each([
      ['an unknown event', [eventStep('No such'), eventStep('View')], [0, 0]],
      ['the same step twice', [eventStep('View'), eventStep('View')], [4, 1]],
      [
        'twenty steps',
        Array.from({ length: 20 }, () => eventStep('View')),
        [4, 1, ...Array<number>(18).fill(0)],
      ],
      [
        'a hostile name',
        [
          eventStep("x' or 1=1 --"),
          eventStep('View', {
            property: 'a;b',
            test: 'any_of',
            values: ["'); drop table event; --"],
          }),
        ],
        [0, 0],
      ],
    ])('answer %s', async (_what, given, reached) => {
      expect((await brand.read(askedFunnel(given))).steps.map((step) => step.reached)).toEqual(
        reached,
      );
    });

    it.each<[string, object]>([
      ['one step', { steps: [eventStep('View')] }],
      ['21 steps', { steps: Array.from({ length: 21 }, () => eventStep('View')) }],
      ['a window of nothing', { window: { of: 'whole', amount: 0, unit: 'day' } }],
      ['a window of two years', { window: { of: 'whole', amount: 731, unit: 'day' } }],
      ['a period that runs backwards', { from: '2026-03-04', to: '2026-03-01' }],
      ['a period of centuries', { from: '1900-01-01' }],
      [
        'sales less refunds as a step',
        { steps: [eventStep('View'), { facts: { fact: 'order', of: 'net' } }] },
      ],
      ['the first event', { steps: [{ ...eventStep('View'), which: 'first' }, orderStep()] }],
      ['a split by a name', { split: { by: 'customer_no' } }],
    ])('refuse %s', async (_what, more) => {
      const reply = await shop.ask(readFunnel, { body: askedFunnel(steps, more) });
      expect(reply.status).toBe(400);
      expect(reply.text).not.toContain('problem.');
    });
  });

  it('are saved under a name, once, and changed on the version that was read', async () => {
    const definition = {
      steps: [eventStep('View'), orderStep()],
      window: { of: 'whole', amount: 1, unit: 'day' },
      order: 'loose',
    } as never;
    const made = await shop.ask(createFunnel, { body: { name: '看到买', definition } });
    expect(made.status, made.text).toBe(201);
    const { funnelId } = made.body;
    expect(await shop.ask(createFunnel, { body: { name: '看到买', definition } })).toMatchObject({
      status: 409,
      code: 'insights.funnel_name_taken',
    });
    expect(
      (
        await shop.ask(
          createFunnel,
          { body: { name: '不行', definition } },
          { permissions: 'insights.read' },
        )
      ).status,
    ).toBe(403);
    const changed = await shop.ask(updateFunnel, {
      params: { funnelId },
      body: { version: 1, name: '浏览到购买' },
    });
    expect(changed.body).toMatchObject({
      name: '浏览到购买',
      version: 2,
      definition: { window: { amount: 1 } },
    });
    expect(
      await shop.ask(updateFunnel, { params: { funnelId }, body: { version: 1, name: '再改' } }),
    ).toMatchObject({ status: 409, code: 'insights.funnel_edited_meanwhile' });
    expect((await shop.ask(listFunnels)).body.funnels).toMatchObject([
      { funnelId, name: '浏览到购买' },
    ]);
    expect((await shop.ask(deleteFunnel, { params: { funnelId } })).status).toBe(204);
    expect(await shop.ask(deleteFunnel, { params: { funnelId } })).toMatchObject({
      status: 404,
      code: 'insights.funnel_not_found',
    });
    expect(
      (await shop.ask(updateFunnel, { params: { funnelId }, body: { version: 2 } })).status,
    ).toBe(404);
  });
});
