import type pg from 'pg';
import type { Actor } from '../../../../kernel/actor.ts';
import { type Day, dayIn } from '../../../../kernel/day.ts';
import type { EndpointInput } from '../../../../kernel/endpoint.ts';
import { conflict, notFound } from '../../../../kernel/problem.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { readBrand } from '../../../../platform/settings.ts';
import type { addPartnerContract, changePartnerContract, PartnerContract } from '../../contract/partner-packs.ts';
import { recordHappening } from '../pipeline/history.ts';
import { lockPartner } from '../pipeline/keep-partners.ts';
import { demandImpersonal } from '../pipeline/open-text.ts';
import { isWithin } from '../pipeline/stages.ts';
import { exact, plain } from './exact.ts';

type World = Pick<Platform, 'pg' | 'clock'>;
type ContractText = EndpointInput<typeof addPartnerContract>['body'];

const mostContracts = 100;
const columns = 'starts_on, ends_on, settlement, billed_on, price_each, cap, currency, terms';
const valuesOf = ({ startsOn, endsOn, settlement, billedOn, priceEach, cap, currency, terms }: ContractText) => [startsOn, endsOn, settlement, billedOn, priceEach, cap, currency, terms];
/** What the history keeps of a contract. */
const briefOf = ({ startsOn, endsOn, settlement, priceEach, cap, currency }: ContractText) => ({ startsOn, endsOn, settlement, priceEach, cap, currency });

export async function readContracts(pool: pg.Pool, partnerId: number, today: Day): Promise<PartnerContract[]> {
  const { rows } = await pool.query<Omit<PartnerContract, 'isInForce'>>(
    `select contract_id as "contractId", starts_on::text as "startsOn", ends_on::text as "endsOn", settlement, billed_on as "billedOn", price_each as "priceEach", cap, committed, currency, terms, version,
      (select count(*)::int from partner_pack p where p.contract_id = c.contract_id) as packs
      from partner_contract c where partner_id = $1 order by starts_on desc, contract_id desc`, [partnerId]);
  return rows.map((row) => ({ ...row, priceEach: plain(row.priceEach), cap: row.cap === null ? null : plain(row.cap), committed: plain(row.committed), isInForce: isWithin(row, today) }));
}

export async function addContract({ pg: pool, clock }: World, partnerId: number, contract: ContractText, actor: Actor): Promise<number> {
  demandImpersonal({ terms: contract.terms });
  return inTransaction(pool, async (client) => {
    await lockPartner(client, partnerId);
    const { rows: [{ held }] } = await client.query<{ held: number }>('select count(*)::int as held from partner_contract where partner_id = $1', [partnerId]);
    if (held >= mostContracts) throw conflict('membership.too_many_partner_contracts', { most: mostContracts });
    const { rows: [{ contractId }] } = await client.query<{ contractId: number }>(
      `insert into partner_contract (partner_id, ${columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning contract_id as "contractId"`, [partnerId, ...valuesOf(contract)]);
    await recordHappening(client, { partnerId, kind: 'contract_added', actor, at: clock.now(), details: briefOf(contract), audit: { contractId, ...briefOf(contract) } });
    return contractId;
  });
}

interface Row {
  settlement: string;
  billedOn: string;
  currency: string;
  committed: string;
  version: number;
  packs: number;
}

/** Changes a contract; what its packs were reckoned by stays as it is. */
export async function changeContract({ pg: pool, clock }: World, partnerId: number, contractId: number, { version, ...contract }: EndpointInput<typeof changePartnerContract>['body'], actor: Actor): Promise<number> {
  demandImpersonal({ terms: contract.terms });
  return inTransaction(pool, async (client) => {
    const { rows: [before] } = await client.query<Row>(
      `select settlement, billed_on as "billedOn", currency, committed, version, (select count(*)::int from partner_pack p where p.contract_id = c.contract_id) as packs
        from partner_contract c where partner_id = $1 and contract_id = $2 for update`, [partnerId, contractId]);
    if (!before) throw notFound('membership.partner_contract_not_found', { contractId });
    if (before.version !== version) throw conflict('membership.partner_part_edited_meanwhile');
    const isSame = (['settlement', 'billedOn', 'currency'] as const).every((field) => before[field] === contract[field]);
    if (before.packs > 0 && !isSame) throw conflict('membership.partner_contract_has_packs');
    if (contract.cap !== null && exact(contract.cap) < exact(before.committed)) throw conflict('membership.partner_cap_below_committed', { committed: plain(before.committed) });
    await client.query(
      'update partner_contract set starts_on = $2, ends_on = $3, settlement = $4, billed_on = $5, price_each = $6, cap = $7, currency = $8, terms = $9, version = version + 1 where contract_id = $1', [contractId, ...valuesOf(contract)]);
    await recordHappening(client, { partnerId, kind: 'contract_changed', actor, at: clock.now(), details: briefOf(contract), audit: { contractId, ...briefOf(contract) } });
    return version + 1;
  });
}

/** The day it is for the brand. */
export const todayOf = async ({ pg: pool, clock }: World): Promise<Day> => dayIn((await readBrand(pool)).timeZone, clock.now());
