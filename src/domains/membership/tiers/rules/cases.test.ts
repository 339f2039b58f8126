import { describe, expect, it } from 'vitest';
import { advance, settleDrop, type Standing } from './advance.ts';
import type { Grant, Growth, Pause, TierLife, TierPerson, TierProgramme, TierVersion } from './life.ts';

const timeZone = 'Asia/Shanghai';
/** Noon of a day in Shanghai, or its beginning. */
const noon = (day: string): number => Date.parse(`${day}T12:00:00+08:00`);
const start = (day: string): number => Date.parse(`${day}T00:00:00+08:00`);
const dayOf = (moment: number | null): string | null =>
  moment === null ? null : new Date(moment + 8 * 3_600_000).toISOString().slice(0, 16).replace('T00:00', '');

type Rules = TierProgramme['tierRules'];
const yearly: Rules['clock'] = { kind: 'calendar', months: 12, startMonth: 1 };
const own: Rules['clock'] = { kind: 'tier_start', months: 12, startMonth: 1 };
const rolling: Rules['clock'] = { kind: 'rolling', months: 12, startMonth: 1 };
const programme = (rules: Partial<Rules> = {}, more: Partial<TierProgramme> = {}): TierProgramme => ({
  tiers: [
    { key: 'leaf', entry: 0, keep: null },
    { key: 'silver', entry: 500, keep: 400 },
    { key: 'gold', entry: 1_000, keep: 800 },
    { key: 'black', entry: 3_000, keep: 2_500 },
  ],
  tierRules: {
    clock: yearly,
    graceDays: 0,
    minimumDays: 0,
    drop: 'one_level',
    refunds: 'at_once',
    review: 'by_itself',
    ...rules,
  },
  removedTiers: {},
  ...more,
});

/** Somebody who joined with 2025, looked at when something happens and when something is due. */
class Member {
  readonly versions: TierVersion[];
  readonly growth: Growth[] = [];
  readonly grants: Grant[] = [];
  readonly pauses: Pause[] = [];
  readonly joinedAt = start('2025-01-01');
  standing: Standing | null = null;
  story: string[] = [];

  constructor(definition: TierProgramme) {
    this.versions = [{ versionNo: 1, startsAt: start('2020-01-01'), definition }];
    this.look(this.joinedAt);
  }

  get person(): TierPerson {
    return { joinedAt: this.joinedAt, growth: [...this.growth].sort((a, b) => a.at - b.at), grants: this.grants };
  }
  get life(): TierLife {
    return this.standing?.life as TierLife;
  }
  get tier(): string {
    return this.life.shown;
  }

  #take(standing: Standing | null): this {
    this.standing = standing;
    for (const { kind, from, to, at } of standing?.changes ?? [])
      this.story.push(`${dayOf(at)?.slice(0, 10)} ${kind} ${from === to ? to : `${from} ${to}`}`);
    return this;
  }
  look(at: number): this {
    return this.#take(advance(this.standing?.life ?? null, this.person, this, at));
  }
  grow(day: string, amount: number, knownOn = day): this {
    this.growth.push({ at: noon(day), amount, no: this.growth.length + 1 });
    return this.look(noon(knownOn));
  }
  until(day: string): this {
    return this.look(start(day));
  }
  settle(day: string, verdict: 'drop' | 'keep'): this {
    return this.#take(settleDrop(this.life, this.person, this, verdict, noon(day)));
  }
  readonly timeZone = timeZone;
}

describe('tiers', () => {
  it('case 19: growth that comes late counts in the cycle it happened in; a closed one gives back what was lost', () => {
    const member = new Member(programme()).grow('2025-03-01', 1_000).until('2027-02-01');
    expect(member.story.slice(1)).toEqual([
      '2025-03-01 rise leaf gold',
      '2026-01-01 renew gold',
      '2027-01-01 drop gold silver',
    ]);
    // A till was offline: what was bought there in 2026 would have kept the tier.
    member.grow('2026-11-20', 800, '2027-03-01');
    expect(member.story.at(-1)).toBe('2027-03-01 rise silver gold');
    expect([dayOf(member.life.cycleStart), dayOf(member.life.reviewAt)]).toEqual(['2027-01-01', '2028-01-01']);
    expect(member.standing?.changes[0].derivation).toMatchObject({ reason: 'late_growth', total: 800, needed: 800 });
  });

  it('case 19: and gives what had been reached in it', () => {
    const member = new Member(programme())
      .grow('2025-03-01', 500)
      .until('2026-02-01')
      .grow('2025-12-30', 500, '2026-02-01');
    expect(member.story.slice(-1)).toEqual(['2026-02-01 rise silver gold']);
    expect(dayOf(member.life.reviewAt)).toBe('2027-01-01');
  });

  it.each(['drop', 'keep'] as const)(
    'case 19: what a return of a closed cycle would cost waits until somebody says %s',
    (verdict) => {
      const member = new Member(programme())
        .grow('2025-12-20', 1_000)
        .until('2026-01-02')
        .grow('2025-12-20', -300, '2026-01-05');
      expect([member.tier, member.life.awaiting?.isLate]).toEqual(['gold', true]);
      member.until('2026-03-01');
      expect(member.tier).toBe('gold');
      member.settle('2026-03-02', verdict).until('2026-04-01');
      expect([member.tier, member.life.awaiting]).toEqual([verdict === 'drop' ? 'silver' : 'gold', null]);
    },
  );

  it('case 20: cycles are those of the calendar in the brand’s time zone', () => {
    const member = new Member(programme({ clock: { ...own, months: 1 } })).grow('2025-01-31', 1_000);
    // Reached at noon of the 31st: to the end of February's last day.
    expect(dayOf(member.life.reviewAt)).toBe('2025-03-01');
    expect(dayOf(new Member(programme({ clock: own })).grow('2028-02-29', 600).life.reviewAt)).toBe('2029-03-01');
  });

  it('case 23: within the grace a tier is made up for, and its next cycle begins where the last one ended', () => {
    const member = new Member(programme({ graceDays: 30 }))
      .grow('2025-03-01', 1_000)
      .grow('2026-05-01', 700)
      .until('2027-01-01');
    expect([member.tier, dayOf(member.life.graceUntil), dayOf(member.standing?.dueAt ?? null)]).toEqual([
      'gold',
      '2027-01-31',
      '2027-01-31',
    ]);
    member.grow('2027-01-20', 100);
    expect(member.story.slice(-2)).toEqual(['2027-01-01 grace gold', '2027-01-20 renew gold']);
    expect([dayOf(member.life.cycleStart), dayOf(member.life.reviewAt)]).toEqual(['2027-01-01', '2028-01-01']);
    const other = new Member(programme({ graceDays: 30 })).grow('2025-03-01', 1_000).until('2027-03-01');
    expect(other.story.slice(-2)).toEqual(['2027-01-01 grace gold', '2027-01-31 drop gold silver']);
  });

  it('case 24: what keeps a tier is not what it took to reach it, and what lifted somebody does not keep their own cycle as well', () => {
    expect(new Member(programme()).grow('2025-03-01', 1_000).grow('2026-05-01', 800).until('2027-01-01').tier).toBe(
      'gold',
    );
    expect(new Member(programme()).grow('2025-03-01', 1_000).grow('2026-05-01', 799).until('2027-01-01').tier).toBe(
      'silver',
    );
    expect(new Member(programme({ clock: own })).grow('2025-03-01', 1_000).until('2026-03-02').story.at(-1)).toBe(
      '2026-03-02 drop gold silver',
    );
    expect(
      new Member(programme({ clock: own }))
        .grow('2025-03-01', 1_000)
        .grow('2025-03-02', 800)
        .until('2026-03-02')
        .story.at(-1),
    ).toBe('2026-03-02 renew gold');
  });

  it.each([
    ['at_once', 'silver', 'silver'],
    ['at_review', 'gold', 'silver'],
    ['never', 'gold', 'gold'],
  ] as const)('case 25: a return may cost the tier %s', (refunds, after, atReview) => {
    const member = new Member(programme({ refunds }))
      .grow('2025-03-01', 500)
      .grow('2025-04-01', 500)
      .grow('2025-04-01', -300, '2025-05-01');
    expect(member.tier).toBe(after);
    expect(member.until('2026-01-01').tier).toBe(atReview);
  });

  it('case 25: a return takes what it gave and no more: not what was kept by a review, and not what other growth reaches', () => {
    const member = new Member(programme())
      .grow('2025-03-01', 1_000)
      .until('2026-01-01')
      .grow('2026-05-01', 3_000)
      .grow('2026-05-01', -3_000, '2026-05-03');
    expect(member.story.slice(-2)).toEqual(['2026-05-01 rise gold black', '2026-05-03 drop black gold']);
    const enough = new Member(programme())
      .grow('2025-03-01', 1_000)
      .grow('2025-03-02', 300)
      .grow('2025-03-01', -300, '2025-05-01');
    expect(enough.tier).toBe('gold');
  });

  it('case 26: a tier reached a week before its review is held for the shortest time', () => {
    const member = new Member(programme({ clock: yearly, minimumDays: 90, refunds: 'at_review' }))
      .grow('2025-12-24', 1_000)
      .grow('2025-12-24', -300, '2025-12-28')
      .until('2026-01-01');
    expect([member.tier, dayOf(member.life.graceUntil)]).toEqual(['gold', '2026-03-25']);
    expect(member.until('2026-03-25').tier).toBe('silver');
  });

  it('case 27: up, returned and up again is one cycle: there is nothing to be given twice', () => {
    for (const clock of [yearly, own, rolling]) {
      const member = new Member(programme({ clock }));
      const cycle = (): number => member.standing?.changes[0].cycleStart ?? 0;
      member.grow('2025-03-01', 1_000);
      const first = cycle();
      member.grow('2025-03-01', -600, '2025-03-10').grow('2025-03-12', 700);
      expect([member.standing?.changes[0].kind, member.tier, cycle()]).toEqual(['rise', 'gold', first]);
    }
  });

  it('case 28: a granted tier is a floor with an end; beneath it growth goes on as it was', () => {
    const member = new Member(programme());
    member.grants.push({ grantNo: 7, tier: 'gold', from: start('2025-02-01'), until: start('2025-08-01') });
    member.until('2025-02-01').grow('2025-03-01', 500).until('2025-09-01');
    expect(member.story.slice(1)).toEqual(['2025-02-01 grant leaf gold', '2025-08-01 grant_end gold silver']);
    expect(member.standing?.changes.at(-1)?.derivation).toMatchObject({
      reason: 'grant',
      grantNo: 7,
      earned: 'silver',
    });
    expect(member.grow('2025-10-01', 500).tier).toBe('gold');
  });

  it('case 29: a version applies from its day, and an end that was promised stays', () => {
    const member = new Member(programme()).grow('2025-03-01', 1_000);
    member.versions.push({
      versionNo: 2,
      startsAt: start('2025-06-01'),
      definition: programme(
        { clock: rolling },
        {
          tiers: [
            { key: 'leaf', entry: 0, keep: null },
            { key: 'silver', entry: 900, keep: 900 },
            { key: 'gold', entry: 2_000, keep: 2_000 },
          ],
        },
      ),
    });
    member.until('2025-06-01');
    expect([member.tier, dayOf(member.life.reviewAt)]).toEqual(['gold', '2026-01-01']);
    expect(member.until('2026-01-01').story.at(-1)).toBe('2026-01-01 drop gold silver');
    expect(dayOf(member.life.reviewAt)).toBe('2026-03-02');
    expect(member.until('2026-03-02').story.at(-1)).toBe('2026-03-02 drop silver leaf');
  });

  it('case 29: who holds a tier that is no more goes where the version says', () => {
    const member = new Member(programme()).grow('2025-03-01', 1_000);
    member.versions.push({
      versionNo: 2,
      startsAt: start('2025-06-01'),
      definition: programme(
        {},
        {
          tiers: [
            { key: 'leaf', entry: 0, keep: null },
            { key: 'black', entry: 3_000, keep: 2_000 },
          ],
          removedTiers: { silver: 'leaf', gold: 'black' },
        },
      ),
    });
    expect(member.until('2025-06-02').story.at(-1)).toBe('2025-06-01 rise gold black');
    expect(dayOf(member.life.reviewAt)).toBe('2026-01-01');
  });

  it('case 30: however many levels, it is one change', () => {
    const member = new Member(programme({ drop: 'recompute' })).grow('2025-03-01', 3_000).until('2027-01-01');
    expect(member.story.slice(1)).toEqual([
      '2025-03-01 rise leaf black',
      '2026-01-01 renew black',
      '2027-01-01 drop black leaf',
    ]);
    const window = new Member(programme({ clock: rolling })).grow('2025-03-01', 3_000).until('2026-12-01');
    expect(window.story.slice(1)).toEqual(['2025-03-01 rise leaf black', '2026-03-02 drop black leaf']);
  });

  it('wait for approval where drops are approved, and rise all the same', () => {
    const waiting = (): Member =>
      new Member(programme({ review: 'approved' })).grow('2025-03-01', 1_000).until('2027-02-01');
    expect([waiting().tier, dayOf(waiting().life.awaiting?.since ?? null), waiting().standing?.dueAt]).toEqual([
      'gold',
      '2027-01-01',
      null,
    ]);
    expect(waiting().settle('2027-02-03', 'drop').story.at(-1)).toBe('2027-02-03 drop gold silver');
    const kept = waiting().settle('2027-02-03', 'keep');
    expect([kept.story.at(-1), dayOf(kept.life.reviewAt)]).toEqual(['2027-02-03 renew gold', '2028-01-01']);
    // Said a second time it changes nothing.
    expect(kept.settle('2027-02-04', 'drop').tier).toBe('gold');
    expect(waiting().grow('2027-02-02', 800).story.at(-1)).toBe('2027-02-02 renew gold');
    expect(waiting().grow('2027-02-02', 3_000).story.at(-1)).toBe('2027-02-02 rise gold black');
  });

  it('are held for a whole window where somebody says so although it has fallen below its standard', () => {
    const member = new Member(programme({ clock: rolling, review: 'approved' }))
      .grow('2025-03-01', 1_000)
      .until('2026-04-01');
    expect([member.tier, dayOf(member.life.awaiting?.since ?? null)]).toEqual(['gold', '2026-03-02']);
    member.settle('2026-04-02', 'keep');
    expect([member.tier, dayOf(member.life.reviewAt)]).toEqual(['gold', '2027-04-03']);
    expect(member.until('2027-04-02').life.awaiting).toBe(null);
    expect(dayOf(member.until('2027-04-04').life.awaiting?.since ?? null)).toBe('2027-04-03');
    // The next tier down is missed as well, and waits in its turn.
    expect(member.settle('2027-04-05', 'drop').story.at(-1)).toBe('2027-04-05 drop gold silver');
    expect(dayOf(member.life.awaiting?.since ?? null)?.slice(0, 10)).toBe('2027-04-05');
  });

  it('do not move in a pause; what was due happens at its end', () => {
    const member = new Member(programme()).grow('2025-03-01', 1_000).until('2026-06-01');
    member.pauses.push({ from: start('2027-01-01'), until: null });
    expect(member.until('2027-02-01').tier).toBe('gold');
    expect(member.standing?.dueAt).toBe(null);
    member.pauses[0].until = start('2027-03-01');
    expect(member.until('2027-03-02').story.at(-1)).toBe('2027-03-01 drop gold silver');
  });

  it('are the same however often somebody is looked at, and whether or not the clock goes back', () => {
    const once = new Member(programme({ graceDays: 20 }))
      .grow('2025-03-01', 1_000)
      .grow('2026-05-01', 300)
      .until('2028-03-01');
    const often = new Member(programme({ graceDays: 20 })).grow('2025-03-01', 1_000).grow('2026-05-01', 300);
    for (const day of [
      '2026-12-31',
      '2027-01-01',
      '2026-06-01',
      '2027-01-20',
      '2027-01-21',
      '2025-01-01',
      '2027-02-01',
      '2028-03-01',
      '2028-03-01',
    ])
      often.until(day);
    expect(often.story).toEqual(once.story);
    expect({ ...often.life }).toEqual({ ...once.life });
    // A return that is written down while the clock is behind is seen all the same.
    const behind = new Member(programme()).grow('2025-03-01', 1_000);
    behind.growth.push({ at: noon('2025-03-01'), amount: -600, no: 2 });
    expect(behind.look(noon('2024-05-01')).tier).toBe('leaf');
  });

  it('begin with the programme for whoever had joined before it, and not before it', () => {
    const setting = {
      versions: [{ versionNo: 1, startsAt: start('2026-01-01'), definition: programme() }],
      pauses: [],
      timeZone,
    };
    const person = {
      joinedAt: start('2020-05-01'),
      growth: [
        { at: noon('2025-12-31'), amount: 900, no: 1 },
        { at: noon('2026-02-01'), amount: 600, no: 2 },
      ],
      grants: [],
    };
    expect(advance(null, person, setting, noon('2025-12-31'))).toBe(null);
    expect(
      advance(null, person, setting, noon('2026-03-01'))?.changes.map(({ kind, to, at }) => [
        kind,
        to,
        dayOf(at)?.slice(0, 10),
      ]),
    ).toEqual([
      ['join', 'leaf', '2026-01-01'],
      ['rise', 'silver', '2026-02-01'],
    ]);
  });
});
