import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../test/harness.ts';
import {
  insertLines,
  mergeCustomers,
  type TestLine,
  testLine,
} from '../../../../test/order-lines.ts';
import { plainTrial } from '../../../../test/plain-trial.ts';
import { sampleProgramme } from '../../../../test/sample-programme.ts';
import { seededRandom } from '../../../kernel/seeded-random.ts';
import type { ProgrammeDefinition } from '../contract/programme.ts';
import { placeIn } from './walk/tally.ts';
import { simulate } from './walk/simulate.ts';

const dayMs = 86_400_000;
const begin = Date.parse('2025-01-10T12:00:00+08:00');
const now = begin + 520 * dayMs;
const brands = 5;

describe('a trial, computed a second time', () => {
  let test: TestPlatform;
  beforeAll(async () => {
    test = await createTestPlatform();
  });
  afterAll(() => test.close());

  const random = seededRandom(41);
  const chance = (n: number): number => Math.floor(random() * n);
  const one = <T>(...of: T[]): T => of[chance(of.length)];

  /** Twelve people; some orders come back in part, some whole, some after the present. */
  function someLines(): TestLine[] {
    return Array.from({ length: 70 }, (_, i) => i).flatMap((i) => {
      const at = begin + chance(500) * dayMs;
      const of = {
        customerNo: 1 + chance(12),
        order: `O${i}`,
        at: new Date(at).toISOString(),
        category: one('茶叶', '茶具'),
      };
      const sales = ['P1', 'P2', 'P3']
        .slice(0, 1 + chance(3))
        .map((product) =>
          testLine({ ...of, product, category: one('茶叶', '茶具'), amount: 1 + chance(300) }),
        );
      const refunds = sales
        .filter(() => chance(4) === 0)
        .map((sale) =>
          testLine({
            ...sale,
            kind: 'refund',
            at: new Date(at + chance(90) * dayMs).toISOString(),
            amount: one(sale.amount, 1 + chance(sale.amount)),
          }),
        );
      return [...sales, ...refunds];
    });
  }

  function someProgramme(): ProgrammeDefinition {
    const tier = (key: string, entry: number, keep: number | null) =>
      ({
        key,
        names: { en: key },
        color: '#999999',
        icon: 'star',
        entry,
        keep,
        debtLimit: 0,
      }) as const;
    const [gold, black] = [200 + chance(300), 800 + chance(600)];
    return sampleProgramme({
      tiers: [
        tier('silver', 0, null),
        tier('gold', gold, gold - chance(150)),
        tier('black', black, black - chance(300)),
      ] as never,
      tierRules: {
        clock: {
          kind: one('tier_start', 'calendar', 'rolling', 'join_anniversary'),
          months: one(6, 12),
          startMonth: 1,
        },
        graceDays: one(0, 20),
        minimumDays: 0,
        drop: one('one_level', 'recompute'),
        refunds: one('at_once', 'at_review', 'never'),
      },
      points: {
        expiry: { kind: 'duration', months: one(3, 12), roundTo: 'day' },
        multipliers: [
          {
            key: 'tier',
            names: { en: 'Tier' },
            when: { kind: 'tier', tiers: ['gold', 'black'] },
            factor: '1.5',
          },
          {
            key: 'tea',
            names: { en: 'Tea' },
            when: { kind: 'category', categories: ['茶叶'] },
            factor: one('1', '2'),
          },
        ],
      },
    });
  }

  it(`says the same of everybody: ${brands} brands by chance, people merged among them`, async () => {
    const { platform } = test;
    const seen = { refunds: 0, moves: 0, expired: 0 };
    for (let brand = 0; brand < brands; brand++) {
      await platform.clickhouse.command('truncate table order_line');
      const lines = await insertLines(platform.clickhouse, someLines());
      if (brand === 0)
        await mergeCustomers(platform.clickhouse, [
          { absorbed: 11, survivor: 2 },
          { absorbed: 12, survivor: 3 },
        ]);
      const rootOf = (no: number): number => ({ 11: 2, 12: 3 })[no] ?? no;
      const [draft, present] = [someProgramme(), someProgramme()];
      const found = await simulate(
        platform,
        {
          trialNo: brand,
          draft,
          present,
          now,
          timeZone: 'Asia/Shanghai',
          hasPayments: false,
          hasBirthdays: false,
          allowed: { draft: null, present: null },
          grants: [],
        },
        async () => undefined,
      );
      const plain = {
        draft: plainTrial(lines, rootOf, draft, now),
        present: plainTrial(lines, rootOf, present, now),
      };
      const about = JSON.stringify({ brand, draft, present });
      for (const side of ['draft', 'present'] as const) {
        const all = [...plain[side].values()];
        const total = (of: 'growth' | 'earned' | 'takenBack' | 'expired' | 'outstanding'): number =>
          all.reduce((sum, lived) => sum + lived[of], 0);
        expect(found.totals[side], about).toEqual({
          members: all.length,
          growth: total('growth'),
          earned: total('earned'),
          takenBack: total('takenBack'),
          spent: 0,
          uncovered: 0,
          expired: total('expired'),
          outstanding: total('outstanding'),
        });
        seen.refunds += total('takenBack');
        seen.expired += total('expired');
      }
      const rank = ({ tiers }: ProgrammeDefinition, key: string): number =>
        tiers.findIndex((tier) => tier.key === key);
      const cells = Map.groupBy(
        plain.draft.keys(),
        (no) =>
          `${rank(draft, plain.draft.get(no)?.tier ?? '') + 1}/${rank(present, plain.present.get(no)?.tier ?? '') + 1}`,
      );
      for (const [cell, people] of cells)
        expect([...(found.cells.get(cell)?.toArray() ?? [])], about).toEqual(
          people.sort((a, b) => a - b),
        );
      const worst = [...plain.draft]
        .map(([customerNo, would]) => {
          const is = plain.present.get(customerNo);
          return {
            customerNo,
            levels: Math.max(0, placeIn(draft, is?.tier ?? '') - rank(draft, would.tier)),
            pointsLost: Math.max(0, (is?.outstanding ?? 0) - would.outstanding),
          };
        })
        .filter(({ levels, pointsLost }) => levels > 0 || pointsLost > 0)
        .sort(
          (a, b) =>
            b.levels - a.levels || b.pointsLost - a.pointsLost || a.customerNo - b.customerNo,
        );
      expect(
        found.worst.map(({ customerNo, levels, pointsLost }) => ({
          customerNo,
          levels,
          pointsLost,
        })),
        about,
      ).toEqual(worst);
      seen.moves += worst.filter(({ levels }) => levels > 0).length;
    }
    for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(5);
  });
});
