import type pg from 'pg';
import { formatDecimal } from '../../../../kernel/decimal.ts';
import type { Actor } from '../../../../kernel/actor.ts';
import { conflict, notFound } from '../../../../kernel/problem.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import type { differenceKinds, DifferenceState, PartnerDifference } from '../../contract/partner-statements.ts';
import type { PackDoors } from '../packs/doors.ts';
import { writeEntry } from '../packs/entries.ts';
import { exact, plain } from '../packs/exact.ts';
import { recordHappening } from '../pipeline/history.ts';
import { lockPartner } from '../pipeline/keep-partners.ts';
import { demandImpersonal } from '../pipeline/open-text.ts';

/** Where a dispute may go: decided, thought over, and settled for good once it was decided. */
const ways: Record<DifferenceState, readonly DifferenceState[]> = { open: ['accepted', 'rejected'], accepted: ['open', 'rejected', 'settled'], rejected: ['open', 'accepted', 'settled'], settled: [] };

export const mayDecide = (from: DifferenceState, to: DifferenceState): boolean => ways[from].includes(to);

interface Decision {
  version: number;
  state: DifferenceState;
  note: string;
  amount?: string | undefined;
}

/** Decides a difference on the version it was read in; settling it for an amount adds a line to the ledger. */
export async function decideDifference({ platform: { pg: pool, clock } }: PackDoors, differenceNo: number, { version, state, note, amount }: Decision, actor: Actor): Promise<number> {
  demandImpersonal({ note });
  return inTransaction(pool, async (client) => {
    const { rows: [row] } = await client.query<{ partnerId: number; grantNo: number | null; reference: string; packNo: number | null; state: DifferenceState; version: number }>(
      `select partner_id as "partnerId", grant_no as "grantNo", reference, (select pack_no from partner_grant g where g.grant_no = d.grant_no) as "packNo", state, version
        from partner_difference d join partner_comparison using (comparison_id) where difference_no = $1 for update of d`, [differenceNo]);
    if (!row) throw notFound('membership.partner_difference_not_found', { differenceNo });
    if (row.version !== version) throw conflict('membership.partner_part_edited_meanwhile');
    if (!mayDecide(row.state, state)) throw conflict(row.state === 'settled' ? 'membership.partner_difference_settled' : 'membership.partner_difference_undecided');
    if (state === 'settled' && row.grantNo !== null) await demandOnce(client, differenceNo, row.grantNo);
    const at = clock.now();
    await client.query('update partner_difference set state = $2, version = version + 1 where difference_no = $1', [differenceNo, state]);
    await client.query('insert into partner_difference_event (difference_no, state, note, amount, at, by_name) values ($1, $2, $3, $4, $5, $6)', [differenceNo, state, note, amount ?? null, at, actor.name]);
    const change = amount === undefined ? 0n : exact(amount);
    if (change !== 0n) {
      await lockPartner(client, row.partnerId);
      const currency = await currencyOf(client, row.partnerId, row.packNo);
      await writeEntry(client, { partnerId: row.partnerId, ...(row.packNo === null ? {} : { packNo: row.packNo }), kind: 'adjusted', units: 0, amount: change, currency, occurredAt: at, recordedAt: at, by: actor.name, reason: note });
    }
    const told = { differenceNo, from: row.state, to: state, ...(change === 0n ? {} : { amount: formatDecimal(change) }) };
    await recordHappening(client, { partnerId: row.partnerId, kind: 'difference_decided', actor, at, details: { ...told, reference: row.reference }, audit: told });
    return version + 1;
  });
}

/** What one benefit differs by is settled once, in however many comparisons it stands. */
async function demandOnce(client: pg.PoolClient, differenceNo: number, grantNo: number): Promise<void> {
  // Of two at the same time the second waits, and then sees the first.
  await client.query('select from partner_grant where grant_no = $1 for update', [grantNo]);
  const { rowCount } = await client.query("select from partner_difference where grant_no = $1 and difference_no <> $2 and state = 'settled'", [grantNo, differenceNo]);
  if (rowCount) throw conflict('membership.partner_difference_settled_before');
}

/** That of the pack's contract, or of the partner's latest one where nobody knows the pack. */
async function currencyOf(client: pg.PoolClient, partnerId: number, packNo: number | null): Promise<string> {
  const { rows: [row] } = await client.query<{ currency: string }>(
    `select currency from partner_contract c where partner_id = $1 order by exists (select from partner_pack p where p.pack_no = $2 and p.contract_id = c.contract_id) desc, starts_on desc, contract_id desc limit 1`, [partnerId, packNo]);
  if (!row) throw conflict('membership.partner_without_contract');
  return row.currency;
}

/** Differences of a comparison with their histories; 404 where there is no such comparison. */
export async function readDifferences({ pg: pool, clock }: PackDoors['platform'], comparisonId: number, { kind = null, state = null, limit, offset }: { kind?: (typeof differenceKinds)[number] | null | undefined; state?: DifferenceState | null | undefined; limit: number; offset: number }) {
  const { rowCount } = await pool.query('select from partner_comparison where comparison_id = $1', [comparisonId]);
  if (!rowCount) throw notFound('membership.partner_comparison_not_found', { comparisonId });
  const { rows } = await pool.query<PartnerDifference & { total: number }>(
    `select difference_no as "differenceNo", comparison_id as "comparisonId", kind, grant_no as "grantNo", reference, our_amount as "ourAmount", their_amount as "theirAmount", our_on::text as "ourOn", their_on::text as "theirOn", state, version,
        coalesce((select jsonb_agg(jsonb_build_object('state', e.state, 'note', note, 'amount', amount::text, 'at', at, 'by', by_name) order by event_no) from partner_difference_event e where e.difference_no = d.difference_no), '[]') as history,
        count(*) over ()::int as total
      from partner_difference d where comparison_id = $1 and ($2::text is null or kind = $2) and ($3::text is null or state = $3) order by difference_no limit $4 offset $5`, [comparisonId, kind, state, limit, offset]);
  const money = (text: string | null): string | null => (text === null ? null : plain(text));
  return {
    rows: rows.map(({ total: _total, ...row }): PartnerDifference => ({
      ...row, ourAmount: money(row.ourAmount), theirAmount: money(row.theirAmount),
      history: row.history.map((event) => ({ ...event, amount: money(event.amount), at: new Date(event.at).toISOString() })),
    })),
    total: rows[0]?.total ?? 0, computedAt: clock.now().toISOString(),
  };
}
