import { dayIn } from '../../../../kernel/day.ts';
import { systemActor } from '../../../../kernel/actor.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { identifierKinds } from '../../../customers/contract.ts';
import type { Vault } from '../../../customers/public.ts';
import { recordHappening } from '../pipeline/history.ts';
import { hashOf, nextWaiting, type Waiting } from './matchings.ts';
import { toldCount } from './told-count.ts';

export interface MatchingDoors {
  platform: Pick<Platform, 'pg' | 'clock'>;
  vault: Vault;
}

const pageSize = 10_000;
const hashBytes = 32;

/** Compares the lists that wait; returns how many there were. What was uploaded is deleted with the key, whatever came of it. */
export async function compareWaiting(doors: MatchingDoors): Promise<number> {
  let done = 0;
  for (let waiting = await nextWaiting(doors); waiting; waiting = await nextWaiting(doors)) {
    await keepResult(doors, waiting, await countCommon(doors, waiting));
    done++;
  }
  return done;
}

/** How many of our customers of today can be compared, and how many of them are on the list; a person of two phones is one. */
async function countCommon({ platform: { pg: pool }, vault }: MatchingDoors, { kind, key, hashes }: Waiting): Promise<{ compared: number; matched: number }> {
  const listed = new Set<string>();
  for (let at = 0; at < hashes.length; at += hashBytes) listed.add(hashes.toString('latin1', at, at + hashBytes));
  const [compared, matched] = [new Set<number>(), new Set<number>()];
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    const { rows } = await pool.query<{ hash: string; namespace: string; customerNo: number; value: Buffer }>({
      name: 'partners.identifiers',
      text: `select i.hash, namespace, customer_no as "customerNo", value from identifier i join customer using (customer_no)
        where hash > $1 and kind = $2 and status = 0 order by hash limit ${pageSize}`,
      values: [after, identifierKinds[kind]],
    });
    for (const { namespace, customerNo, value } of rows) {
      compared.add(customerNo);
      if (listed.has(hashOf(key, vault.open(kind, namespace, value)).toString('latin1'))) matched.add(customerNo);
    }
    if (rows.length < pageSize) return { compared: compared.size, matched: matched.size };
    after = rows[rows.length - 1].hash;
  }
}

async function keepResult({ platform: { pg: pool, clock } }: MatchingDoors, { matchingId, partnerId, kind, hashes }: Waiting, counted: { compared: number; matched: number }): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rowCount } = await client.query("update partner_matching set state = 'done', hashes = null, sealed_key = null where matching_id = $1 and state = 'waiting'", [matchingId]);
    if (!rowCount) return;
    const at = clock.now();
    const basis = { by: kind, compared: counted.compared, listed: hashes.length / hashBytes, ...toldCount(counted.matched) };
    await client.query(
      `insert into partner_estimate (partner_id, kind, basis, source, as_of, made_at, made_by) select $1, 'matched', $2, '', $3, $4, made_by from partner_matching where matching_id = $5`,
      [partnerId, JSON.stringify(basis), dayIn((await readBrand(client)).timeZone, at), at, matchingId]);
    await recordHappening(client, { partnerId, kind: 'lists_compared', actor: systemActor, at, details: { listed: basis.listed } });
  });
}
