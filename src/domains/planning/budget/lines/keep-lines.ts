import type pg from 'pg';
import { type Actor, actorKey } from '../../../../kernel/actor.ts';
import { conflict } from '../../../../kernel/problem.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { recordAudit } from '../../../access/public.ts';
import { budgetLimits, type BudgetLineDefinition } from '../../contract.ts';
import { lockPlan } from '../../items/changes.ts';
import { askFor } from './changes.ts';
import { demandByHand, demandLine, insertLines, type LineRow, type Sight, updateLine } from './store.ts';

/** Two open lines of one name would be mixed up by whoever reads them, and by a workbook. */
async function demandFreeNames(client: pg.PoolClient, planNo: number, names: readonly string[], but: number | null = null): Promise<void> {
  const { rows: [taken] } = await client.query<{ name: string }>('select name from budget_line where plan_no = $1 and name = any($2::text[]) and closed_at is null and line_no is distinct from $3 limit 1', [planNo, names, but]);
  if (taken) throw conflict('planning.budget_name_taken', { name: taken.name });
}

/** Adds lines, and asks for what they are to spend. The plan is locked, so that two people do not add the same. */
export async function addLines(client: pg.PoolClient, planNo: number, definitions: readonly BudgetLineDefinition[], reason: string, actor: Actor, at: Date): Promise<number[]> {
  await lockPlan(client, planNo);
  await demandFreeNames(client, planNo, definitions.map(({ name }) => name));
  const { rows: [{ lines }] } = await client.query<{ lines: number }>('select count(*)::int as lines from budget_line where plan_no = $1', [planNo]);
  if (lines + definitions.length > budgetLimits.lines) throw conflict('planning.budget_too_many_lines', { most: budgetLimits.lines });
  const lineNos = await insertLines(client, planNo, definitions, at, actor.name);
  await askFor(client, definitions.map(({ cap, overCap }, i) => ({ lineNo: lineNos[i], cap, overCap, reason })), actor, at);
  await recordAudit(client, { actor, action: 'planning.add_budget_lines', subject: `plan:${planNo}`, details: { lines: definitions.length, first: definitions[0]?.name ?? '' } });
  return lineNos;
}

export function addLine({ pg: pool, clock }: Platform, sight: Sight, definition: BudgetLineDefinition, reason: string, actor: Actor): Promise<LineRow> {
  return inTransaction(pool, async (client) => {
    const [lineNo] = await addLines(client, sight.planNo, [definition], reason, actor, clock.now());
    return demandLine(client, { ...sight, withPeople: true }, lineNo);
  });
}

export function changeLine({ pg: pool }: Platform, sight: Sight, lineNo: number, { version, ...said }: Omit<BudgetLineDefinition, 'cap' | 'overCap'> & { version: number }, actor: Actor): Promise<LineRow> {
  return inTransaction(pool, async (client) => {
    await lockPlan(client, sight.planNo);
    const before = await demandLine(client, sight, lineNo, 'for update of l');
    if (before.isClosed) throw conflict('planning.budget_line_closed', { lineNo });
    demandByHand(before);
    if (before.version !== version) throw conflict('planning.budget_line_changed', { name: before.name });
    await demandFreeNames(client, sight.planNo, [said.name], lineNo);
    await updateLine(client, lineNo, said);
    await recordAudit(client, { actor, action: 'planning.change_budget_line', subject: `budget_line:${lineNo}`, details: said });
    return demandLine(client, { ...sight, withPeople: true }, lineNo);
  });
}

/** Closes a line of which nothing is reserved or committed; what was spent stays in the budget. */
export function closeLine({ pg: pool, clock }: Platform, sight: Sight, lineNo: number, reason: string, actor: Actor): Promise<LineRow> {
  return inTransaction(pool, async (client) => {
    // As whoever decides does: in another order two people would wait for each other.
    await lockPlan(client, sight.planNo);
    const line = await demandLine(client, sight, lineNo, 'for update of l');
    if (line.isClosed) return line;
    if (Number(line.reserved) > 0 || Number(line.committed) > 0) throw conflict('planning.budget_line_held', { name: line.name });
    await client.query('update budget_line set closed_at = $2, closed_by = $3, closed_note = $4, version = version + 1 where line_no = $1', [lineNo, clock.now(), actor.name, reason]);
    await client.query(`update budget_change set state = 'refused', decided_at = $2, decided_by = $3 where line_no = $1 and state = 'open'`, [lineNo, clock.now(), actor.name]);
    await recordAudit(client, { actor, action: 'planning.close_budget_line', subject: `budget_line:${lineNo}`, details: { by: actorKey(actor), reason } });
    return demandLine(client, sight, lineNo);
  });
}
