import { formatDecimal } from '../../../../kernel/decimal.ts';
import { conflict } from '../../../../kernel/problem.ts';
import { commitToCap } from './commit-cap.ts';
import type { PackCommand, PackDoors } from './doors.ts';
import { writeEntry } from './entries.ts';
import { exact } from './exact.ts';
import { demandPast } from './grant.ts';
import { once } from './once.ts';
import { lockPack, readTerms } from './pack-row.ts';

const mostUnits = 100_000_000;

/** Puts more into a pack: what is prepaid is owed from now on, what is billed later is agreed and costs nothing yet. */
export async function buyUnits({ platform: { pg: pool, clock } }: PackDoors, { key, by, at, audit }: PackCommand, packNo: number, units: number): Promise<{ bought: number; amount: string; partnerId: number; isReplay: boolean }> {
  demandPast(at, clock.now());
  return once(pool, { key, input: { command: 'buy', packNo, units }, at, audit }, async (client) => {
    const pack = await lockPack(client, packNo);
    if (!pack.isLimited) throw conflict('membership.partner_pack_unlimited');
    if (pack.bought + units > mostUnits) throw conflict('membership.partner_pack_too_large', { most: mostUnits });
    const terms = await readTerms(client, pack.contractId);
    const amount = terms.settlement === 'prepaid' ? exact(pack.priceEach) * BigInt(units) : 0n;
    await commitToCap(client, pack.contractId, amount);
    await client.query('update partner_pack set bought = bought + $2 where pack_no = $1', [packNo, units]);
    await writeEntry(client, { partnerId: pack.partnerId, packNo, kind: 'bought', units, amount, currency: terms.currency, occurredAt: at, recordedAt: clock.now(), by });
    return { bought: pack.bought + units, amount: formatDecimal(amount), partnerId: pack.partnerId };
  });
}
