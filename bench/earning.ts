import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lineagesOf } from '../src/domains/customers/public.ts';
import { createRound } from '../src/domains/membership/earning/round/round.ts';
import { createLedger } from '../src/domains/membership/ledger/ledger.ts';
import { createMembers } from '../src/domains/membership/members/members.ts';
import { createProgramme } from '../src/domains/membership/programme/programme.ts';
import { manyOrders } from '../test/many-orders.ts';
import { publishSample, sampleProgramme } from '../test/sample-programme.ts';
import { openPlatform } from './input/open-platform.ts';
import type { Figure } from './run.ts';

/** A first look at five years of orders: every order earns by the rules of its time, in points and growth. */
export async function* run({ customers = 10_000, each = 5 }: Record<string, number>): AsyncGenerator<Figure> {
  const dataDir = mkdtempSync(join(tmpdir(), 'perennial-earning-'));
  const { platform, close } = await openPlatform(dataDir);
  try {
    const { pg } = platform;
    const expiry = { kind: 'duration' as const, months: 12, roundTo: 'month' as const };
    await publishSample(pg, sampleProgramme({ points: { expiry, takeBack: 'debt' } }), '2021-01-01T00:00:00Z');
    const orders = await manyOrders(platform, customers, each);
    await pg.query(`insert into membership_cursor (name, position) values ('joining', '{"after": null}') on conflict do nothing`);
    const programme = createProgramme(platform);
    const round = createRound({ platform, programme, members: createMembers(platform, programme), ledger: createLedger(platform, lineagesOf) });
    const startedMs = performance.now();
    while (await round());
    const perSecond = Math.round((orders / (performance.now() - startedMs)) * 1_000);
    const { rows: [{ earned }] } = await pg.query<{ earned: number }>('select count(*)::int as earned from order_earning');
    if (earned !== orders) throw new Error(`${earned} of ${orders} orders have earned.`);
    yield { name: 'earning.first_look', value: perSecond, unit: 'orders/s', target: 20_000, holds: perSecond >= 20_000, customers, orders };
  } finally {
    await close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
