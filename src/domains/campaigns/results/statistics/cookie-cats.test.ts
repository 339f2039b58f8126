import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { csvRows } from '../../../../kernel/csv-rows.ts';
import { differenceOfShares } from './difference.ts';
import { sampleRatio } from './sample-ratio.ts';

const path = join(
  import.meta.dirname,
  '..',
  '..',
  '..',
  '..',
  '..',
  '..',
  'shared',
  'data',
  'cookie_cats_ab',
  'cookie_cats.csv.gz',
);
const isThere = existsSync(path);
if (!isThere) console.warn(`Skipped: ${path} is not there.`);

describe.skipIf(!isThere)('a real test of a real game (cookie_cats_ab)', () => {
  const people = {
    gate_30: { n: 0, after1: 0, after7: 0 },
    gate_40: { n: 0, after1: 0, after7: 0 },
  };
  if (isThere) {
    const [{ cells: head }, ...rows] = csvRows(
      gunzipSync(readFileSync(path)).toString('utf8'),
    );
    const [version, day1, day7] = ['version', 'retention_1', 'retention_7'].map(
      (name) => head.indexOf(name),
    );
    for (const { cells } of rows) {
      const arm = people[cells[version] as keyof typeof people];
      arm.n++;
      if (/^true$/i.test(cells[day1])) arm.after1++;
      if (/^true$/i.test(cells[day7])) arm.after7++;
    }
  }
  const { gate_30: first, gate_40: second } = people;

  it('has 19.0201 % against 18.2000 % coming back after seven days, p .001554', () => {
    const { difference, low, high, p } = differenceOfShares(
      first.after7,
      first.n,
      second.after7,
      second.n,
    );
    expect(
      [first.after7 / first.n, second.after7 / second.n].map((share) =>
        (share * 100).toFixed(4),
      ),
    ).toEqual(['19.0201', '18.2000']);
    expect(p?.toFixed(6)).toBe('0.001554');
    expect(difference).toBeCloseTo(0.008201, 6);
    expect([low > 0, high < 0.0135]).toEqual([true, true]);
  });

  it('has a difference after one day that chance may have made, p .0744', () => {
    expect(
      differenceOfShares(
        first.after1,
        first.n,
        second.after1,
        second.n,
      ).p?.toFixed(4),
    ).toBe('0.0744');
  });

  it('has groups of sizes that a lot would hardly give, p .0086, and alarms', () => {
    expect([first.n, second.n]).toEqual([44_700, 45_489]);
    const checked = sampleRatio([
      { n: first.n, share: 5_000 },
      { n: second.n, share: 5_000 },
    ]);
    expect([checked?.p.toFixed(4), checked?.isMismatch]).toEqual([
      '0.0086',
      true,
    ]);
  });
});
