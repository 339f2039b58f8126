import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import {
  campaignDefinition,
  type CampaignDefinition,
  type CampaignEstimate,
  campaignTurns,
} from '../../contract/plans.ts';
import { type CheckContext, checksOf, checksOfEstimate } from './checks.ts';
import { splitByHour } from './hours.ts';
import { nextOccasion, nextOccasions, occasionKey } from './occasions.ts';
import { armsOf } from './shares.ts';
import { changeable, turns } from './state.ts';

const arm = (key: string, weight = 1) => ({
  key,
  weight,
  templateNo: 1,
  templateVersion: 1,
});
const definition = (more: object = {}): CampaignDefinition =>
  campaignDefinition.parse({
    name: 'Spring',
    audience: { kind: 'group', match: 'all', parts: [] },
    channel: 'email',
    arms: [arm('a')],
    holdout: { share: 1_000 },
    schedule: { when: 'once', at: null },
    expectedValue: '1',
    ...more,
  });
const now = new Date('2026-06-18T04:00:00Z');
const zone = 'Asia/Shanghai';
const context = (more: Partial<CheckContext> = {}): CheckContext => ({
  now,
  timeZone: zone,
  isChannelOpen: true, isChannelTest: false,
  templates: [null],
  ...more,
});
const keysOf = (
  found: { level: string; key: string }[],
  level: string,
): string[] =>
  found.filter((each) => each.level === level).map(({ key }) => key);

describe('shares of arms', () => {
  it('come to the whole exactly, whatever the weights, with the control group as large as was said', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 10_000 }), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.integer({ min: 0, max: 5_000 }),
        (weights, share) => {
          const arms = armsOf({
            arms: weights.map((weight, i) => ({
              ...arm(`a${i}`, weight),
              name: '',
            })),
            holdout: { share, reason: 'x' },
          });
          expect(arms.reduce((sum, each) => sum + each.share, 0)).toBe(10_000);
          expect(
            arms.filter(({ isControl }) => isControl).map((each) => each.share),
          ).toEqual(share > 0 ? [share] : []);
        },
      ),
    );
  });
});

describe('the times of a campaign', () => {
  const weekly = (from: string, until: string | null) =>
    definition({
      schedule: {
        when: 'recurring',
        rhythm: { every: 'week', weekday: 1, at: '10:00' },
        from,
        until,
      },
    });

  it('are one, or come again in the brand’s zone until the last day is over', () => {
    expect(nextOccasion(definition(), zone, null, now)).toEqual(now);
    expect(nextOccasion(definition(), zone, now, now)).toBeNull();
    expect(
      nextOccasions(weekly('2026-06-20', '2026-07-06'), zone, null, now, 9).map(
        (at) => at.toISOString(),
      ),
    ).toEqual([
      '2026-06-22T02:00:00.000Z',
      '2026-06-29T02:00:00.000Z',
      '2026-07-06T02:00:00.000Z',
    ]);
    expect(
      nextOccasions(
        weekly('2026-06-20', null),
        zone,
        new Date('2026-06-22T02:00:00Z'),
        now,
        1,
      )[0].toISOString(),
    ).toBe('2026-06-29T02:00:00.000Z');
  });

  it('are not made up for where the program slept through them for long, and are for a little while', () => {
    const late = new Date('2026-07-20T04:00:00Z');
    expect(
      nextOccasion(
        weekly('2026-06-20', null),
        zone,
        new Date('2026-06-22T02:00:00Z'),
        late,
      )?.toISOString(),
    ).toBe('2026-07-20T02:00:00.000Z');
    expect(
      nextOccasion(
        weekly('2026-06-20', null),
        zone,
        null,
        new Date('2026-07-20T12:00:00Z'),
      )?.toISOString(),
    ).toBe('2026-07-27T02:00:00.000Z');
  });

  it('keep their hour of the clock where clocks change, and the hour that is skipped comes later', () => {
    const daily = definition({
      schedule: {
        when: 'recurring',
        rhythm: { every: 'day', at: '02:30' },
        from: '2026-03-07',
        until: '2026-03-10',
      },
    });
    expect(
      nextOccasions(
        daily,
        'America/New_York',
        null,
        new Date('2026-03-01T00:00:00Z'),
        9,
      ).map((at) => at.toISOString()),
    ).toEqual([
      '2026-03-07T07:30:00.000Z',
      '2026-03-08T07:30:00.000Z',
      '2026-03-09T06:30:00.000Z',
      '2026-03-10T06:30:00.000Z',
    ]);
  });

  it('are told apart by their day, and one that goes once is one whatever its time', () => {
    expect(occasionKey(definition(), zone, now)).toBe('once');
    expect(
      occasionKey(
        weekly('2026-06-20', null),
        zone,
        new Date('2026-06-21T16:30:00Z'),
      ),
    ).toBe('2026-06-22');
  });
});

describe('best hours', () => {
  it('leave nobody out and reach nobody twice, within the hours allowed', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.integer({ min: 0, max: 23 }).map(String),
          fc.array(fc.integer({ min: 1, max: 60 })),
        ),
        (habits) => {
          const people = Bitmap.range(1, 50);
          const known = new Map(
            Object.entries(habits).map(([hour, numbers]) => [
              Number(hour),
              Bitmap.of(numbers),
            ]),
          );
          const split = splitByHour(people, known, {
            earliest: 9,
            latest: 21,
            fallback: 10,
          });
          expect(
            [...split.values()].reduce((sum, { size }) => sum + size, 0),
          ).toBe(people.size);
          expect(Bitmap.union(split.values()).equals(people)).toBe(true);
          expect(
            [...split.keys()].every((hour) => hour >= 9 && hour <= 21),
          ).toBe(true);
        },
      ),
    );
  });
});

describe('what is wrong with a campaign', () => {
  it('is nothing where all is well', () => {
    expect(checksOf(definition(), context())).toEqual([]);
  });

  it('keeps it from going where it could not, or would do harm', () => {
    const bad = definition({
      schedule: { when: 'once', at: '2026-06-18T02:00:00Z' },
      stopRule: { by: 'buyers', leastPeople: 100, level: 0.95 },
    });
    expect(
      keysOf(
        checksOf(
          bad,
          context({ isChannelOpen: false, templates: ['missing'] }),
        ),
        'error',
      ),
    ).toEqual(['channelOff', 'templateMissing', 'past', 'nothingToTest']);
    expect(keysOf(checksOf(definition(), context({ isChannelTest: true })), 'warning')).toContain('channelTest');
    expect(keysOf(checksOf(definition(), context({ templates: ['no_account'] })), 'error')).toEqual(['templateWithoutAccount']);
    expect(keysOf(checksOf(definition(), context({ isChannelOpen: false, templates: ['no_account'] })), 'error')).toEqual(['channelOff']);
    const backwards = definition({
      schedule: {
        when: 'recurring',
        rhythm: { every: 'day', at: '10:00' },
        from: '2026-07-02',
        until: '2026-07-01',
      },
    });
    expect(
      keysOf(
        checksOf(backwards, context({ templates: ['other_channel'] })),
        'error',
      ),
    ).toEqual(['templateOfOtherChannel', 'never']);
  });

  it('is told where it only should be known', () => {
    const odd = definition({
      arms: [arm('a'), arm('b')],
      holdout: { share: 0, reason: 'everybody must know' },
      expectedValue: '0',
      bestHour: { earliest: 9, latest: 21, fallback: 10 },
      usefulHours: 3,
    });
    expect(
      keysOf(checksOf(odd, context({ templates: [null, null] })), 'warning'),
    ).toEqual(['noHoldout', 'noStopRule', 'noValue', 'shortForBestHour']);
    expect(
      keysOf(
        checksOf(definition({ holdout: { share: 100 } }), context()),
        'warning',
      ),
    ).toEqual(['smallHoldout']);
  });

  it('is told by its numbers, too', () => {
    const estimate: CampaignEstimate = {
      people: 100,
      excluded: 0,
      heldOut: 10,
      at: now.toISOString(),
      stopped: [{ reason: 'no_consent', people: 90, waits: false }],
      reached: 0,
      cost: '0',
      isOverBudget: true,
      overlaps: [{ campaignNo: 2, name: 'x', people: 3 }],
      arms: [],
      seen: { buyers: 0.01, buyersMore: 0.02, revenue: 1, revenueMore: 2 },
      computedAt: now.toISOString(),
    };
    expect(checksOfEstimate(estimate).map(({ key }) => key)).toEqual([
      'nobodyReached',
      'overBudget',
      'overlaps',
      'seesLittle',
    ]);
    expect(checksOfEstimate({ ...estimate, people: 0 })[0].key).toBe('nobody');
    expect(
      checksOfEstimate({
        ...estimate,
        reached: 5,
        isOverBudget: false,
        overlaps: [],
        seen: null,
      }),
    ).toEqual([]);
  });

  it('is refused at the door where it makes no sense', () => {
    const refused = (more: object): boolean =>
      !campaignDefinition.safeParse({ ...definition(), ...more }).success;
    expect(refused({ holdout: { share: 0 } })).toBe(true);
    expect(refused({ arms: [arm('control')] })).toBe(true);
    expect(refused({ arms: [arm('a'), arm('a')] })).toBe(true);
    expect(refused({ arms: [] })).toBe(true);
    expect(refused({ costPerMessage: '-1' })).toBe(true);
    expect(
      refused({ bestHour: { earliest: 12, latest: 9, fallback: 10 } }),
    ).toBe(true);
    expect(refused({})).toBe(false);
  });
});

describe('states', () => {
  it('let nobody change what people were reached by, nor take back what is over', () => {
    for (const state of ['running', 'paused', 'done', 'cancelled'] as const)
      expect(changeable).not.toContain(state);
    for (const turn of campaignTurns) {
      expect(turns[turn].from).not.toContain('done');
      expect(turns[turn].from).not.toContain('cancelled');
    }
  });
});
