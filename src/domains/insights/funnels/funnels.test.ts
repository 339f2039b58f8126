import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInsightsServer, type InsightsServer } from '../../../../test/insights-server.ts';
import { insertLines, mergeCustomers } from '../../../../test/order-lines.ts';
import { plainRun } from '../../../../test/plain-funnel.ts';
import type { EndpointRequest } from '../../../kernel/endpoint.ts';
import { createFunnel, deleteFunnel, listFunnels, readFunnel, readFunnelNext, readPeople, updateFunnel } from '../contract.ts';

type Body = NonNullable<EndpointRequest<typeof readFunnel>['body']>;
interface Fact { no: number; at: number; what: 'View' | 'Add' | 'sale' | 'refund'; price: number; channel: string; order: string }

const zero = Date.UTC(2026, 2, 1, 16);
const hourMs = 3_600_000;
const event = (name: string, ...where: object[]) => ({ facts: { fact: 'event', name, where } });
const order = (of: 'sale' | 'refund' = 'sale', ...where: object[]) => ({ facts: { fact: 'order', of, where } });
const dear = { property: 'price', test: 'compare', compare: { is: 'at_least', value: 5 } };
const inShop = { field: 'channel', test: 'any_of', values: ["Joe's \\ shop"] };

/** Steps that may be asked for, and which facts they are. */
const choices: { step: object; is: (fact: Fact, first: ReadonlyMap<number, number>) => boolean }[] = [
  { step: event('View'), is: ({ what }) => what === 'View' },
  { step: event('View', dear), is: ({ what, price }) => what === 'View' && price >= 5 },
  { step: event('Add'), is: ({ what }) => what === 'Add' },
  { step: order(), is: ({ what }) => what === 'sale' },
  { step: order('sale', inShop), is: ({ what, channel }) => what === 'sale' && channel === "Joe's \\ shop" },
  { step: order('refund'), is: ({ what }) => what === 'refund' },
  { step: { ...order(), which: 'first' }, is: ({ what, at, no }, first) => what === 'sale' && first.get(no) === at },
];

describe('funnels', () => {
  let shop: InsightsServer;
  beforeAll(async () => {
    shop = await createInsightsServer();
    shop.platform.clock.now = () => new Date(Date.UTC(2026, 5, 1));
    await shop.platform.clickhouse.command("insert into customer (customer_no, version, status, created_at, gender) select number + 1, 1, 'active', '2026-01-01 00:00:00', ['female', 'male', ''][1 + number % 3] from numbers(30)");
    await shop.platform.pg.query('insert into customer (customer_no, created_at) select n, now() from generate_series(1, 30) n');
  });
  afterAll(() => shop.close());

  const insertFacts = async (facts: readonly Fact[]): Promise<void> => {
    const { clickhouse } = shop.platform;
    const iso = (at: number): string => new Date(at).toISOString();
    await clickhouse.insertRows('event', facts.filter(({ what }) => what === 'View' || what === 'Add').map(({ no, at, what, price, channel }) => ({
      event_id: randomUUID(), batch_no: '1', import_id: 0, customer_no: no, occurred_at: iso(at).replace('Z', ''), received_at: iso(at).replace('Z', ''), kind: 'track', name: what, properties: { price }, channel, source: 'test',
    })));
    await insertLines(clickhouse, facts.filter(({ what }) => what === 'sale' || what === 'refund').map(({ no, at, what, channel, order: name }) => ({
      customerNo: no, at: iso(at), kind: what as 'sale', channel, order: name,
    })));
  };
  const replaceFacts = async (facts: readonly Fact[], merges = new Map<number, number>()): Promise<void> => {
    const { clickhouse } = shop.platform;
    for (const table of ['order_line', 'event', 'merge_pair', 'customer_summary']) await clickhouse.command(`truncate table ${table}`);
    await insertFacts(facts);
    await mergeCustomers(clickhouse, [...merges].map(([absorbed, survivor]) => ({ absorbed, survivor })));
    await shop.changed();
  };
  const asked = (steps: object[], more: object = {}): Body =>
    ({ steps, window: { of: 'whole', amount: 2, unit: 'day' }, order: 'loose', from: '2026-03-02', to: '2026-03-04', ...more }) as Body;
  const read = async (body: Body) => {
    const reply = await shop.ask(readFunnel, { body });
    expect(reply.status, reply.text).toBe(200);
    return reply.body;
  };
  const fact = (no: number, hours: number, what: Fact['what'], more: Partial<Fact> = {}): Fact => ({ no, at: zero + hours * hourMs, what, price: 9, channel: '', order: `${no} ${hours}`, ...more });

  it('agree with a second computation in plain code, on random facts, merges and steps', { timeout: 170_000 }, async () => {
    const anyFact = fc.record({
      no: fc.integer({ min: 1, max: 9 }), at: fc.integer({ min: -6, max: 96 }).map((hours) => zero + hours * hourMs), what: fc.constantFrom('View', 'View', 'Add', 'sale', 'refund'),
      price: fc.integer({ min: 3, max: 7 }), channel: fc.constantFrom("Joe's \\ shop", '官网', ''), order: fc.integer({ min: 1, max: 12 }).map((n) => `O${n}`),
    }) as fc.Arbitrary<Fact>;
    const anySteps = fc.array(fc.constantFrom(...choices), { minLength: 2, maxLength: 5 });
    const anyShape = fc.record({ of: fc.constantFrom('whole', 'each'), hours: fc.integer({ min: 1, max: 60 }), order: fc.constantFrom('loose', 'strict') });
    const split = fc.constantFrom('none', 'newness', 'gender', 'channel');
    await fc.assert(fc.asyncProperty(fc.array(anyFact, { maxLength: 60 }), anySteps, anyShape, split, fc.boolean(), async (facts, steps, { of, hours, order: strictness }, by, merged) => {
      const merges = new Map(merged ? [[8, 2], [9, 2]] : []);
      await replaceFacts(facts, merges);
      const reply = await read(asked(steps.map(({ step }) => step), { window: { of, amount: hours, unit: 'hour' }, order: strictness, split: { by } }));
      const shape = { steps: steps.length, windowMs: hours * hourMs, windowOf: of as 'whole', order: strictness as 'loose', fromMs: zero, untilMs: zero + 72 * hourMs };
      const runs = plainRuns(facts, merges, steps, shape);
      expect(reply.steps.map(({ reached }) => reached)).toEqual(steps.map((_, step) => runs.filter(({ times }) => times.length > step).length));
      const gaps = (step: number) => runs.filter(({ times }) => times.length > step).map(({ times }) => times[step] - times[step - 1]).sort((a, b) => a - b);
      reply.steps.forEach(({ since }, step) => {
        const own = step === 0 ? [] : gaps(step);
        expect(since === null).toBe(own.length === 0);
        if (since && own.length % 2 === 1) expect(since.median).toBe(own[(own.length - 1) / 2]);
      });
      expect(reply.trend.map(({ entered, finished }) => [entered, finished])).toEqual([0, 1, 2].map((day) => {
        const began = runs.filter(({ times }) => Math.floor((times[0] - zero) / (24 * hourMs)) === day);
        return [began.length, began.filter(({ times }) => times.length === steps.length).length];
      }));
      for (const { key, reached } of reply.groups) {
        if (by === 'gender') expect(reached[0]).toBe(runs.filter(({ no }) => ['female', 'male', ''][(no - 1) % 3] === key).length);
        if (by === 'newness') expect(reached[0]).toBe(runs.filter(({ hadOrdered }) => hadOrdered === (key === 'returning')).length);
      }
      if (by !== 'none') expect(reply.groups.reduce((sum, { reached }) => sum + reached[0], 0)).toBe(runs.length);
    }), { numRuns: 60 });
  });

  /** How far everybody gets, out of facts of which lines of one order are one. */
  function plainRuns(facts: readonly Fact[], merges: ReadonlyMap<number, number>, steps: typeof choices, shape: Parameters<typeof plainRun>[1]) {
    const own = facts.map((one) => ({ ...one, no: merges.get(one.no) ?? one.no }));
    const first = new Map<number, number>();
    for (const { no, at, what } of own) if (what === 'sale' && at < (first.get(no) ?? Infinity)) first.set(no, at);
    return [...Map.groupBy(own, ({ no }) => no)].flatMap(([no, all]) => {
      const marked = all.toSorted((a, b) => a.at - b.at).filter(({ at }) => at >= zero).map((one) => ({ ...one, steps: steps.flatMap(({ is }, step) => (is(one, first) ? [step] : [])) }));
      const placed = new Map<string, { at: number; steps: number[] }>();
      const facts1: { at: number; steps: number[] }[] = [];
      for (const one of marked.filter((each) => each.steps.length > 0)) {
        const known = one.what === 'sale' ? placed.get(one.order) : undefined;
        if (known) known.steps.push(...one.steps);
        else {
          const kept = { at: one.at, steps: [...one.steps] };
          facts1.push(kept);
          if (one.what === 'sale') placed.set(one.order, kept);
        }
      }
      const times = plainRun(facts1, shape);
      return times.length === 0 ? [] : [{ no, times, hadOrdered: (first.get(no) ?? Infinity) < times[0] }];
    });
  }

  it('agree with the engine\'s own windowFunnel where the two mean the same', { timeout: 120_000 }, async () => {
    const anyView = fc.record({ no: fc.integer({ min: 1, max: 5 }), hours: fc.uniqueArray(fc.integer({ min: 0, max: 70 }), { maxLength: 12 }), whats: fc.array(fc.constantFrom('View' as const, 'Add' as const, 'sale' as const), { minLength: 12, maxLength: 12 }) });
    await fc.assert(fc.asyncProperty(fc.array(anyView, { maxLength: 5 }).map((all) => [...new Map(all.map((one) => [one.no, one])).values()]), fc.integer({ min: 1, max: 40 }), async (people, hours) => {
      await replaceFacts(people.flatMap(({ no, hours: at, whats }) => at.map((hour, i) => fact(no, hour, whats[i]))));
      const { steps } = await read(asked([event('View'), event('Add'), order()], { window: { of: 'whole', amount: hours, unit: 'hour' } }));
      const rows = await shop.platform.reader.rows(`select level, count() as people from (
        select customer_no, windowFunnel(${hours * 3_600})(toDateTime(occurred_at), what = 'View', what = 'Add', what = 'sale') as level
        from (select customer_no, occurred_at, toString(name) as what from event union all select customer_no, occurred_at, toString(kind) from order_line) group by customer_no) where level > 0 group by level`) as { level: number; people: string }[];
      const stopped = new Map(rows.map(({ level, people: count }) => [Number(level), Number(count)]));
      expect(steps.map(({ stopped: count }) => count)).toEqual([1, 2, 3].map((level) => stopped.get(level) ?? 0));
    }), { numRuns: 20 });
  });

  describe('of a shop', () => {
    beforeAll(() => replaceFacts([
      fact(1, 1, 'View'), fact(1, 2, 'Add'), fact(1, 3, 'sale'),
      fact(2, 1, 'View'), fact(2, 2, 'View'), fact(2, 30, 'Add'),
      fact(3, 5, 'View', { price: 3 }), fact(3, 6, 'sale'), fact(3, 7, 'Add'),
      fact(4, 60, 'View'), fact(5, 70, 'Add'),
      fact(6, 1, 'sale', { order: 'one' }), fact(6, 2, 'sale', { order: 'one' }), fact(7, 1, 'sale'), fact(7, 40, 'sale'),
      fact(0, 1, 'View'), fact(0, 2, 'Add'),
    ]));
    const steps = [event('View'), event('Add'), order()];

    it('tell who is behind a step, and who left at it', async () => {
      const { steps: told, groups } = await read(asked(steps, { split: { by: 'gender' } }));
      expect(told.map(({ reached, stopped, open }) => [reached, stopped, open])).toEqual([[4, 1, 0], [3, 2, 0], [1, 1, 0]]);
      expect(groups.map(({ key, reached }) => [key, ...reached])).toEqual([['female', 2, 1, 1], ['', 1, 1, 0], ['male', 1, 1, 0]]);
      const behind = async (of: object) => {
        const reply = await shop.ask(readPeople, { body: { of: { kind: 'funnel_step', ...asked(steps, { split: { by: 'gender' } }), ...of } as never } });
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
      const { body } = await shop.ask(readFunnelNext, { body: { ...asked([event('View'), event('Nothing of that name')]), step: 0 } });
      expect(body).toMatchObject({ people: 4, nothing: 1, next: [{ fact: 'event', name: 'View', people: 1 }, { fact: 'event', name: 'Add', people: 1 }, { fact: 'sale', name: null, people: 1 }] });
    });

    it('leave nobody\'s facts out of account as a person, and count an order\'s lines as one order', async () => {
      const twice = await read(asked([{ ...order(), which: 'first' }, order()]));
      expect(twice.steps.map(({ reached }) => reached)).toEqual([4, 1]);
      expect(twice.whole).toEqual({ lower: 39 * hourMs, median: 39 * hourMs, upper: 39 * hourMs });
    });

    it('know whose time has not run out', async () => {
      const { clock } = shop.platform;
      const now = clock.now;
      clock.now = () => new Date(zero + 61 * hourMs);
      expect((await read(asked(steps, { fresh: true }))).steps.map(({ open }) => open)).toEqual([1, 0, 0]);
      clock.now = now;
    });

    it('divide people by an audience, and refuse one that is not there', async () => {
      expect((await shop.ask(readFunnel, { body: asked(steps, { split: { by: 'audience', audienceId: 99 } }) })).status).toBe(404);
    });

    it.each([
      ['an unknown event', [event('No such'), event('View')], [0, 0]],
      ['the same step twice', [event('View'), event('View')], [4, 1]],
      ['twenty steps', Array.from({ length: 20 }, () => event('View')), [4, 1, ...Array<number>(18).fill(0)]],
      ['a hostile name', [event("x' or 1=1 --"), event('View', { property: 'a;b', test: 'any_of', values: ["'); drop table event; --"] })], [0, 0]],
    ])('answer %s', async (_what, given, reached) => {
      expect((await read(asked(given))).steps.map((step) => step.reached)).toEqual(reached);
    });

    it.each<[string, object]>([
      ['one step', { steps: [event('View')] }], ['21 steps', { steps: Array.from({ length: 21 }, () => event('View')) }],
      ['a window of nothing', { window: { of: 'whole', amount: 0, unit: 'day' } }], ['a window of two years', { window: { of: 'whole', amount: 731, unit: 'day' } }],
      ['a period that runs backwards', { from: '2026-03-04', to: '2026-03-01' }], ['a period of centuries', { from: '1900-01-01' }],
      ['sales less refunds as a step', { steps: [event('View'), { facts: { fact: 'order', of: 'net' } }] }], ['the first event', { steps: [{ ...event('View'), which: 'first' }, order()] }],
      ['a split by a name', { split: { by: 'customer_no' } }],
    ])('refuse %s', async (_what, more) => {
      const reply = await shop.ask(readFunnel, { body: asked(steps, more) });
      expect(reply.status).toBe(400);
      expect(reply.text).not.toContain('problem.');
    });
  });

  it('are saved under a name, once, and changed on the version that was read', async () => {
    const definition = { steps: [event('View'), order()], window: { of: 'whole', amount: 1, unit: 'day' }, order: 'loose' } as never;
    const made = await shop.ask(createFunnel, { body: { name: '看到买', definition } });
    expect(made.status, made.text).toBe(201);
    const { funnelId } = made.body;
    expect(await shop.ask(createFunnel, { body: { name: '看到买', definition } })).toMatchObject({ status: 409, code: 'insights.funnel_name_taken' });
    expect((await shop.ask(createFunnel, { body: { name: '不行', definition } }, { permissions: 'insights.read' })).status).toBe(403);
    const changed = await shop.ask(updateFunnel, { params: { funnelId }, body: { version: 1, name: '浏览到购买' } });
    expect(changed.body).toMatchObject({ name: '浏览到购买', version: 2, definition: { window: { amount: 1 } } });
    expect(await shop.ask(updateFunnel, { params: { funnelId }, body: { version: 1, name: '再改' } })).toMatchObject({ status: 409, code: 'insights.funnel_edited_meanwhile' });
    expect((await shop.ask(listFunnels)).body.funnels).toMatchObject([{ funnelId, name: '浏览到购买' }]);
    expect((await shop.ask(deleteFunnel, { params: { funnelId } })).status).toBe(204);
    expect(await shop.ask(deleteFunnel, { params: { funnelId } })).toMatchObject({ status: 404, code: 'insights.funnel_not_found' });
    expect((await shop.ask(updateFunnel, { params: { funnelId }, body: { version: 2 } })).status).toBe(404);
  });
});
