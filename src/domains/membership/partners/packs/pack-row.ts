import type pg from 'pg';
import { notFound } from '../../../../kernel/problem.ts';
import type { Names } from '../../contract/programme.ts';

/** A pack as the ledger works with it. */
export interface PackRow {
  packNo: number;
  partnerId: number;
  contractId: number;
  names: Names;
  codes: 'none' | 'uploaded' | 'issued';
  /** Exact, as text. */
  priceEach: string;
  startsOn: string;
  endsOn: string;
  validDays: number | null;
  perPerson: number | null;
  alertLevel: number;
  state: 'active' | 'paused';
  isLimited: boolean;
  bought: number;
  granted: number;
  returned: number;
  version: number;
}

export const packColumns = `pack_no as "packNo", partner_id as "partnerId", contract_id as "contractId", names, codes, price_each as "priceEach", starts_on::text as "startsOn", ends_on::text as "endsOn",
  valid_days as "validDays", per_person as "perPerson", alert_level as "alertLevel", state, is_limited as "isLimited", bought, granted, returned, version`;

/** Locks a pack; 404 where there is none. All that gives, buys or takes back of one pack goes one after the other. */
export async function lockPack(client: pg.PoolClient, packNo: number): Promise<PackRow> {
  const { rows: [row] } = await client.query<PackRow>({ name: 'partners.lock-pack', text: `select ${packColumns} from partner_pack where pack_no = $1 for update`, values: [packNo] });
  if (!row) throw notFound('membership.partner_pack_not_found', { packNo });
  return row;
}

/** What a pack's contract says, and how its partner stands. */
export interface Terms {
  name: string;
  stage: string;
  startsOn: string;
  endsOn: string;
  settlement: 'prepaid' | 'billed';
  billedOn: 'grant' | 'use';
  currency: string;
}

export async function readTerms(client: pg.PoolClient, contractId: number): Promise<Terms> {
  const { rows: [row] } = await client.query<Terms>({
    name: 'partners.terms',
    text: `select name, stage, starts_on::text as "startsOn", ends_on::text as "endsOn", settlement, billed_on as "billedOn", currency from partner_contract join partner using (partner_id) where contract_id = $1`,
    values: [contractId],
  });
  if (!row) throw notFound('membership.partner_contract_not_found', { contractId });
  return row;
}
