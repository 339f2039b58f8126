import type { z } from 'zod';
import { type Actor, actorKey } from '../../../kernel/actor.ts';
import { parseDecimal } from '../../../kernel/decimal.ts';
import { conflict, notFound, Problem } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { readBrand } from '../../../platform/settings.ts';
import { recordAudit } from '../../access/public.ts';
import type { enterBudgetInvoice, orderBudget } from '../contract.ts';
import type { BudgetBook, BudgetDone } from './book.ts';
import { demandLine, type Sight } from './lines/store.ts';

type Ordered = z.output<NonNullable<(typeof orderBudget)['body']>>;
type Invoice = z.output<NonNullable<(typeof enterBudgetInvoice)['body']>>;
const shown = ({ entryNo, isOver }: BudgetDone) => ({ entryNo, isOver });
const exact = (text: string): bigint => parseDecimal(text) ?? 0n;

/** Reserves, commits, spends or releases by hand. The same key of the same person is the same order. */
export function orderByHand({ pg: pool }: Platform, book: BudgetBook, sight: Sight, lineNo: number, { key, program, kind, amount, reason }: Ordered, actor: Actor): Promise<{ entryNo: number; isOver: boolean }> {
  return inTransaction(pool, async (client) => {
    await demandLine(client, sight, lineNo);
    const command = kind === 'release' ? { kind, amount: amount === null ? null : exact(amount) } : { kind, amount: exact(amount ?? '0') };
    const done = await book.carryOut(client, { lineNo, program, key: `${actorKey(actor)}: ${key}`, by: actor.name, note: reason, command });
    if (kind === 'release' && done.change.reserved === 0n && done.change.committed === 0n) throw conflict('planning.budget_nothing_held');
    await recordAudit(client, { actor, action: 'planning.order_budget', subject: `budget_line:${lineNo}`, details: { program, kind, amount, reason } });
    return shown(done);
  });
}

/** Spends what an invoice says. A supplier's number is taken once, whoever types it in again. */
export function enterInvoice({ pg: pool }: Platform, book: BudgetBook, sight: Sight, lineNo: number, invoice: Invoice, actor: Actor): Promise<{ entryNo: number; isOver: boolean }> {
  return inTransaction(pool, async (client) => {
    const line = await demandLine(client, sight, lineNo);
    const { currency } = await readBrand(client);
    if (invoice.currency !== currency) throw new Problem('planning.budget_other_currency', { status: 422, params: { currency: invoice.currency, brand: currency }, fields: [{ path: 'body.currency', code: 'other_currency' }] });
    const known = JSON.stringify([invoice.supplier, invoice.number]);
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`budget invoice ${known}`]);
    const { rowCount } = await client.query('select from budget_invoice where supplier = $1 and number = $2', [invoice.supplier, invoice.number]);
    if (rowCount) throw conflict('planning.budget_invoice_known', { number: invoice.number });
    const program = invoice.program ?? '';
    // A number that was taken back is another invoice when it is entered again.
    const { rows: [{ before }] } = await client.query<{ before: number }>(`select count(*)::int as before from budget_invoice where supplier = $1 and starts_with(number, $2 || ' ⟲')`, [invoice.supplier, invoice.number]);
    const key = `invoice ${known}${before === 0 ? '' : ` ${before}`}`;
    const done = await book.carryOut(client, { lineNo, program, key, by: actor.name, command: { kind: 'spend', amount: exact(invoice.amount) } });
    await client.query('insert into budget_invoice (entry_no, supplier, number, invoiced_on, note) values ($1, $2, $3, $4, $5)', [done.entryNo, invoice.supplier, invoice.number, invoice.invoicedOn, invoice.note]);
    const { rowCount: holds } = await client.query('select from budget_claim where line_no = $1 and program = $2 and reserved + committed > 0', [lineNo, program]);
    if (invoice.isLast && invoice.program !== null && holds) await book.carryOut(client, { lineNo, program, key: `${key} rest`, by: actor.name, command: { kind: 'release', amount: null } });
    await recordAudit(client, { actor, action: 'planning.enter_invoice', subject: `budget_line:${lineNo}`, details: { line: line.name, program, amount: invoice.amount, number: invoice.number } });
    return shown(done);
  });
}

interface TakenBack {
  lineNo: number;
  invoiceNo: number;
  reason: string;
}

/** Takes back an invoice that was typed in wrongly: what it took of reservations and commitments is committed again, the rest is free. */
export function takeBackInvoice({ pg: pool }: Platform, book: BudgetBook, sight: Sight, { lineNo, invoiceNo, reason }: TakenBack, actor: Actor): Promise<{ entryNo: number }> {
  return inTransaction(pool, async (client) => {
    const line = await demandLine(client, sight, lineNo);
    const { rows: [entry] } = await client.query<{ program: string; amount: string; number: string; held: string }>(
      'select program, e.amount, number, (-(reserved + committed))::text as held from budget_invoice i join budget_entry e using (entry_no) where invoice_no = $1 and line_no = $2 for update of i', [invoiceNo, lineNo]);
    if (!entry) throw notFound('planning.budget_invoice_not_found', { invoiceNo });
    const key = `reversal ${invoiceNo}`;
    const { rowCount } = await client.query('select from budget_entry where key = $1', [key]);
    if (rowCount) throw conflict('planning.budget_invoice_taken_back', { number: entry.number });
    const [amount, beyond] = [exact(entry.amount), exact(entry.amount) - exact(entry.held)];
    const shared = { lineNo, program: entry.program, by: actor.name, note: reason };
    const { entryNo } = await book.carryOut(client, { ...shared, key, command: { kind: 'return', amount } });
    if (beyond > 0n) await book.carryOut(client, { ...shared, key: `${key} rest`, command: { kind: 'lapse', amount: beyond } });
    await client.query("update budget_invoice set number = number || ' ⟲' || invoice_no where invoice_no = $1", [invoiceNo]);
    await recordAudit(client, { actor, action: 'planning.take_back_invoice', subject: `budget_line:${lineNo}`, details: { line: line.name, number: entry.number, amount: entry.amount, reason } });
    return { entryNo };
  });
}
