import type pg from 'pg';
import type { Actor } from '../../../../kernel/actor.ts';
import type { EndpointInput } from '../../../../kernel/endpoint.ts';
import { conflict, notFound } from '../../../../kernel/problem.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import type { changePartnerPack, createPartnerPack } from '../../contract/partner-packs.ts';
import { recordHappening } from '../pipeline/history.ts';
import { lockPartner } from '../pipeline/keep-partners.ts';
import type { PackDoors } from './doors.ts';
import { writeEntry } from './entries.ts';
import { lockPack } from './pack-row.ts';

const mostPacks = 200;

async function demandContract(client: pg.PoolClient, partnerId: number, contractId: number): Promise<{ settlement: 'prepaid' | 'billed'; currency: string }> {
  const { rows: [row] } = await client.query<{ settlement: 'prepaid' | 'billed'; currency: string }>('select settlement, currency from partner_contract where partner_id = $1 and contract_id = $2 for share', [partnerId, contractId]);
  if (!row) throw notFound('membership.partner_contract_not_found', { contractId });
  return row;
}

/** Makes a pack. Its price, its codes and its contract stay; what is prepaid holds nothing until it is bought. */
export async function makePack({ platform: { pg: pool, clock } }: PackDoors, partnerId: number, body: EndpointInput<typeof createPartnerPack>['body'], actor: Actor): Promise<number> {
  return inTransaction(pool, async (client) => {
    await lockPartner(client, partnerId);
    const { settlement, currency } = await demandContract(client, partnerId, body.contractId);
    const { rows: [{ held }] } = await client.query<{ held: number }>('select count(*)::int as held from partner_pack where partner_id = $1', [partnerId]);
    if (held >= mostPacks) throw conflict('membership.too_many_partner_packs', { most: mostPacks });
    const most = settlement === 'billed' ? body.most : 0;
    const at = clock.now();
    const { rows: [{ packNo }] } = await client.query<{ packNo: number }>(
      `insert into partner_pack (partner_id, contract_id, names, codes, price_each, starts_on, ends_on, valid_days, per_person, alert_level, state, is_limited, bought, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'active', $11, $12, $13) returning pack_no as "packNo"`,
      [partnerId, body.contractId, JSON.stringify(body.names), body.codes, body.priceEach, body.startsOn, body.endsOn, body.validDays, body.perPerson, body.alertLevel, most !== null, most ?? 0, at]);
    if (most) await writeEntry(client, { partnerId, packNo, kind: 'bought', units: most, amount: 0n, currency, occurredAt: at, recordedAt: at, by: actor.name });
    await recordHappening(client, { partnerId, kind: 'pack_made', actor, at, details: { packNo, names: body.names }, audit: { packNo, codes: body.codes, priceEach: body.priceEach } });
    return packNo;
  });
}

/** Changes what may be changed of a pack while it runs; answers with the version it has now. */
export async function changePack({ platform: { pg: pool, clock } }: PackDoors, packNo: number, { version, ...body }: EndpointInput<typeof changePartnerPack>['body'], actor: Actor): Promise<number> {
  return inTransaction(pool, async (client) => {
    const before = await lockPack(client, packNo);
    if (before.version !== version) throw conflict('membership.partner_part_edited_meanwhile');
    await client.query(
      'update partner_pack set names = $2, starts_on = $3, ends_on = $4, valid_days = $5, per_person = $6, alert_level = $7, state = $8, version = version + 1 where pack_no = $1',
      [packNo, JSON.stringify(body.names), body.startsOn, body.endsOn, body.validDays, body.perPerson, body.alertLevel, body.state]);
    const kind = before.state === body.state ? 'pack_changed' : body.state === 'paused' ? 'pack_paused' : 'pack_resumed';
    await recordHappening(client, { partnerId: before.partnerId, kind, actor, at: clock.now(), details: { packNo, names: body.names }, audit: { packNo, state: body.state } });
    return version + 1;
  });
}
