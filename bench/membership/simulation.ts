import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasPayments, simulate } from '../../src/domains/membership/simulation/walk/simulate.ts';
import { sampleProgramme } from '../../test/sample-programme.ts';
import { fill } from '../audiences.ts';
import { openPlatform } from '../input/open-platform.ts';
import { lastDay } from '../input/order-lines.ts';
import type { MembershipSize } from '../membership.ts';
import type { Figure } from '../run.ts';

const targetSeconds = 120;

/** A draft with higher tiers and a multiplier beside the programme in force, on everybody's orders. */
export async function* measure({ members, lines }: MembershipSize): AsyncGenerator<Figure> {
  // A folder that is named is kept, and its data used again.
  const kept = process.env.PERENNIAL_DATA_DIR;
  const dataDir = kept ?? mkdtempSync(join(tmpdir(), 'perennial-trial-'));
  const { platform, close } = await openPlatform(dataDir);
  try {
    await fill(platform, members, lines);
    const tiers = (gold: number, black: number) => sampleProgramme().tiers.map((tier, rank) => ({ ...tier, entry: [0, gold, black][rank], keep: [null, 0.8 * gold, 0.8 * black][rank] }));
    const present = sampleProgramme({ tiers: tiers(3_000, 10_000), points: { expiry: { kind: 'duration', months: 12, roundTo: 'month' } } });
    const draft = sampleProgramme({
      tiers: tiers(4_000, 12_000),
      points: { expiry: { kind: 'duration', months: 12, roundTo: 'month' }, multipliers: [{ key: 'tier', names: { en: 'Tier' }, when: { kind: 'tier', tiers: ['gold', 'black'] }, factor: '1.5' }] },
    });
    const startedMs = performance.now();
    const found = await simulate(platform, {
      trialNo: 1, draft, present, now: Date.parse(`${lastDay}T08:00:00Z`), timeZone: 'Asia/Shanghai', hasPayments: await hasPayments(platform.reader), hasBirthdays: false, allowed: { draft: null, present: null }, grants: [],
    }, async (done) => void process.stderr.write(`\r${Math.round(done * 100)} %`));
    const seconds = Math.round((performance.now() - startedMs) / 100) / 10;
    yield { name: 'membership.simulation', value: seconds, unit: 's', target: targetSeconds, holds: seconds <= targetSeconds, members: found.people, lines, memoryMiB: Math.round(process.memoryUsage().rss / 2 ** 20) };
  } finally {
    await close();
    if (!kept) rmSync(dataDir, { recursive: true, force: true });
  }
}
