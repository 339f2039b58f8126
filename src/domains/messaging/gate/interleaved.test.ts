import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createGateShop, type GateShop } from '../../../../test/gate-shop.ts';
import { candidateKey, type Candidate, type GatedRun } from '../part.ts';

const quietFrom = new Date('2026-06-18T13:00:00Z');
const minutes = (count: number): Date => new Date(quietFrom.getTime() + count * 60_000);
/** How many people live through an interleaving at once, each a case of its own. */
const people = 10;
const rounds = 100;

/**
 * Two campaigns and whoever changes their mind, with a clock that comes to the night: steps of all of them in any order that keeps
 * each one's own, some at the same moment. 100 rounds of ten people are 1,000 cases.
 */
let shop: GateShop;
beforeAll(async () => {
  shop = await createGateShop();
  await shop.rules({ caps: [{ most: 1, per: { count: 1, unit: 'day' }, channel: null, category: null }], quiet: [{ from: '21:00', until: '09:00', channels: [], clock: 'brand', what: 'defer' }] });
});
afterAll(() => shop.close());

interface Sent {
  customerNo: number;
  run: number;
  minute: number;
}

it('sends nothing after a refusal, no more than a cap allows, and nothing at night, in whatever order things happen', async () => {
  await fc.assert(fc.asyncProperty(fc.scheduler(), fc.integer({ min: -12, max: 1 }), fc.integer({ min: 0, max: people - 1 }), fc.tuple(fc.nat(3), fc.nat(3)), async (schedule, firstMinute, refuser, values) => {
    const nos = await shop.people(people);
    const runs = await Promise.all(values.map((value) => shop.run({ expectedValue: String(value) })));
    let minute = firstMinute;
    let refused = false;
    const sent: Sent[] = [];
    const candidates = nos.map((customerNo): Candidate => ({ customerNo, occasion: '', arm: 0, isControl: false }));
    const step = (label: string) => schedule.schedule(Promise.resolve(), label);
    const handOver = (run: GatedRun) => shop.within(async (client) => {
      const words = await shop.gate.stillMay(client, run, candidates, minutes(minute));
      for (const { customerNo } of candidates.filter((one) => words.get(candidateKey(one))?.word === 'go')) {
        if (sent.some((one) => one.customerNo === customerNo && one.run === run.runNo)) continue;
        expect(refused && customerNo === nos[refuser]).toBe(false);
        sent.push({ customerNo, run: run.runNo, minute });
      }
    });
    const campaign = async (run: GatedRun): Promise<void> => {
      await step('freeze');
      await shop.decide(run, candidates, minutes(minute));
      await step('render');
      await handOver(run);
      await step('again');
      await shop.decide(run, await shop.within((client) => shop.gate.dueAgain(client, run, minutes(minute), 10)), minutes(minute));
      await step('hand over what waited');
      await handOver(run);
    };
    const person = async (): Promise<void> => {
      await step('refuse');
      await shop.say([nos[refuser]], false, { at: minutes(minute) });
      refused = true;
    };
    const clock = async (): Promise<void> => {
      for (let n = 0; n < 3; n++) {
        await step('time passes');
        minute += 3;
      }
    };
    await schedule.waitFor(Promise.all([...runs.map(campaign), person(), clock()]));
    for (const no of nos) expect(sent.filter(({ customerNo }) => customerNo === no).length).toBeLessThanOrEqual(1);
    expect(sent.every((one) => one.minute < 0)).toBe(true);
    // Who did not refuse and was wanted by day has their one message, once nothing waits any more.
    if (minute < 0) {
      for (const run of runs) await handOver(run);
      for (const no of nos.filter((_, index) => index !== refuser)) expect(sent.filter(({ customerNo }) => customerNo === no)).toHaveLength(1);
    }
  }), { numRuns: rounds });
});

it('gives the one message to the program of more worth, whichever is gated first, and however many at once', async () => {
  const values = [3, 9, 1, 7];
  await fc.assert(fc.asyncProperty(fc.shuffledSubarray(values, { minLength: values.length }), fc.boolean(), async (order, together) => {
    const nos = await shop.people(3);
    const runs = new Map<number, GatedRun>();
    for (const value of values) runs.set(value, await shop.run({ expectedValue: String(value) }));
    const gate = (value: number) => shop.decide(runs.get(value) as GatedRun, nos, minutes(-60));
    if (together) await Promise.all(order.map(gate));
    else for (const value of order) await gate(value);
    const words = await Promise.all(values.map((value) => shop.stillMay(runs.get(value) as GatedRun, nos, minutes(-60))));
    expect(words.map((word) => word.size)).toEqual([0, 3, 0, 0]);
  }), { numRuns: 20 });
});
