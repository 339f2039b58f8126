import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createDesignServer,
  type DesignServer,
} from '../../../../../test/programme-design-server.ts';
import { sampleProgramme } from '../../../../../test/sample-programme.ts';
import { addDays, dayIn } from '../../../../kernel/day.ts';
import { endPause, pauseProgramme, withdrawVersion } from '../../contract.ts';
import { readPauses } from '../pauses.ts';
import { versionAt } from '../programme.ts';
import { readPromised } from './store.ts';

const timeZone = 'Asia/Shanghai';
const begun = Date.parse('2026-06-18T04:00:00Z');
const hourMs = 3_600_000;

type Step =
  | { kind: 'publish'; inDays: number }
  | { kind: 'withdraw'; which: number }
  | { kind: 'pause'; inDays: number; days: number }
  | { kind: 'resume'; which: number }
  | { kind: 'wait'; hours: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('publish' as const), inDays: fc.integer({ min: -3, max: 6 }) }),
  fc.record({ kind: fc.constant('withdraw' as const), which: fc.nat(5) }),
  fc.record({
    kind: fc.constant('pause' as const),
    inDays: fc.integer({ min: -1, max: 4 }),
    days: fc.integer({ min: 0, max: 3 }),
  }),
  fc.record({ kind: fc.constant('resume' as const), which: fc.nat(3) }),
  fc.record({ kind: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 70 }) }),
);

describe('case 29: whatever is published, withdrawn and paused', () => {
  let brand: DesignServer;
  beforeAll(async () => {
    brand = await createDesignServer();
  });
  afterAll(() => brand.at.close());

  /** What holds at a moment, by what is stored now. */
  async function truthAt(moment: number): Promise<{ version: number | null; isPaused: boolean }> {
    const { pg } = brand.at.platform;
    const promised = (await readPromised(pg)).map(({ versionNo, startsAt, definition }) => ({
      versionNo,
      startsAt: startsAt!.getTime(),
      definition,
    }));
    const pauses = await readPauses(pg);
    return {
      version: versionAt(promised, moment)?.versionNo ?? null,
      isPaused: pauses.some(
        ({ from, until }) =>
          from.getTime() <= moment && (until === null || moment < until.getTime()),
      ),
    };
  }

  async function take(action: Step, now: number): Promise<number> {
    const { at } = brand;
    const today = dayIn(timeZone, new Date(now));
    const { pg } = at.platform;
    switch (action.kind) {
      case 'publish':
        await brand.start(await brand.draft(sampleProgramme()), addDays(today, action.inDays));
        return now;
      case 'withdraw': {
        const versionNo = (await readPromised(pg)).at(-1 - action.which)?.versionNo;
        if (versionNo) await at.ask(withdrawVersion, { params: { versionNo }, body: { reason: 'x' } });
        return now;
      }
      case 'pause': {
        const fromDay = action.inDays < 0 ? null : addDays(today, action.inDays);
        const untilDay = action.days === 0 ? null : addDays(today, action.inDays + 1 + action.days);
        await at.ask(pauseProgramme, { body: { fromDay, untilDay, reason: 'x' } });
        return now;
      }
      case 'resume': {
        const pauseNo = (await readPauses(pg)).at(action.which)?.pauseNo;
        if (pauseNo) await at.ask(endPause, { params: { pauseNo } });
        return now;
      }
      case 'wait':
        return now + action.hours * hourMs;
    }
  }

  it('what held at a moment holds for that moment for ever, and one day has one version', async () => {
    const { pg } = brand.at.platform;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 14 }), async (steps) => {
        await pg.query('truncate programme_pause, programme_version, member restart identity cascade');
        let now = begun;
        brand.at.setTime(new Date(now));
        const first = await brand.draft(sampleProgramme());
        expect(await brand.start(first, '2026-01-01')).toMatchObject({ status: 200 });
        await brand.join(1, first);
        const known: { moment: number; was: object }[] = [];
        for (const action of steps) {
          // Just before now: this very moment may still be the first of a pause.
          known.push({ moment: now - 1, was: await truthAt(now - 1) });
          now = await take(action, now);
          brand.at.setTime(new Date(now));
        }
        for (const { moment, was } of known) expect(await truthAt(moment)).toEqual(was);
        const starts = (await readPromised(pg)).map(({ startsAt }) => startsAt!.getTime());
        expect(new Set(starts).size).toBe(starts.length);
      }),
      { numRuns: 25 },
    );
  });
});
