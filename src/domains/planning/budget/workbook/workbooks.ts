import type { FastifyReply } from 'fastify';
import { type Actor } from '../../../../kernel/actor.ts';
import { formatDecimal, parseDecimal } from '../../../../kernel/decimal.ts';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import type { Locale } from '../../../../kernel/locale.ts';
import { Problem } from '../../../../kernel/problem.ts';
import { sendWorkbook } from '../../../../platform/http/workbook-reply.ts';
import type { Say } from '../../../../platform/i18n.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { cellName, readFirstSheet, type ReadSheet, UnreadableWorkbook } from '../../../../platform/workbook/read-workbook.ts';
import type { WorkbookColumn } from '../../../../platform/workbook/workbook.ts';
import { recordAudit } from '../../../access/public.ts';
import { budgetColumns, type BudgetLineDefinition, type Plan, type previewBudgetWorkbook } from '../../contract.ts';
import type { PlanningDoors } from '../../part.ts';
import { readFigures } from '../figures/figures.ts';
import { lockPlan } from '../../items/changes.ts';
import { askFor } from '../lines/changes.ts';
import { addLines } from '../lines/keep-lines.ts';
import { type LineRow, linesOf, type Sight, updateLine } from '../lines/store.ts';
import { headingOf, reckonedColumns, wordOf, type WrittenColumn, writtenColumns } from './columns.ts';
import { type ReadLine, readLines } from './read-lines.ts';

/** Sends the open lines of a plan, as they can be taken back, with what is reckoned of them behind. */
export async function sendBudgetWorkbook(doors: PlanningDoors, reply: FastifyReply, plan: Plan, sight: Sight, year: number | null, locale: Locale): Promise<FastifyReply> {
  const { platform: { pg }, say } = doors;
  const [lines, figures] = await Promise.all([linesOf(pg, sight, year), readFigures(doors, plan.planNo, locale)]);
  const money = (column: string): boolean => column === 'cap' || (reckonedColumns as readonly string[]).includes(column);
  const columns = [...writtenColumns, ...reckonedColumns].map((column): WorkbookColumn => ({ title: headingOf(say, locale, column), format: money(column) ? 'money' : 'text', ...(column === 'name' ? { width: 32 } : {}) }));
  const rows = lines.filter(({ isClosed }) => !isClosed).map(figures.shown).map((line) => [
    line.name, line.channel, wordOf(say, locale, 'purpose', line.purpose), line.stage && wordOf(say, locale, 'stage', line.stage), line.lane && wordOf(say, locale, 'lane', line.lane), line.costCentre, line.fromMonth, line.untilMonth,
    line.cap, wordOf(say, locale, 'overCap', line.overCap), figures.currency, String(line.lineNo), line.reserved, line.committed, line.spent, line.free, line.forecast,
  ]);
  return sendWorkbook(reply, `budget-${plan.planNo}.xlsx`, [{ title: say(locale, 'planning', 'budget.title'), columns, rows }], figures.currency);
}

type Preview = EndpointReply<typeof previewBudgetWorkbook>;
interface Compared extends Preview {
  known: Map<number, LineRow>;
}

async function sheetOf(workbook: string): Promise<ReadSheet> {
  return readFirstSheet(Buffer.from(workbook, 'base64')).catch((cause: unknown) => {
    if (!(cause instanceof UnreadableWorkbook)) throw cause;
    throw new Problem('planning.budget_no_workbook', { status: 422, cause, fields: [{ path: 'body.workbook', code: 'no_workbook' }] });
  });
}

/** Columns that a workbook may do without. */
const notNeeded = ['channel', 'stage', 'lane', 'costCentre', 'overCap'] as const;

/** What a workbook would change. A line is known by its number, where none is said by its name; what the workbook does not have, lines or columns, stays as it is. */
async function compare({ pg }: Platform, say: Say, sight: Sight, workbook: string, locale: Locale): Promise<Compared> {
  const [sheet, { currency }, all] = await Promise.all([sheetOf(workbook), readBrand(pg), linesOf(pg, { ...sight, withPeople: true }, null)]);
  const { lines: written, problems, columns } = readLines(say, locale, sheet, currency);
  const open = all.filter(({ isClosed }) => !isClosed);
  const lineOf = knownAgain(open, written);
  const unsaid = notNeeded.filter((column) => !columns.has(column));
  const lines = written.map((line) => {
    const before = lineOf(line);
    return { ...line, before, definition: before ? { ...line.definition, ...Object.fromEntries(unsaid.map((column) => [column, before[column]])) } : line.definition };
  });
  const tell = (column: WrittenColumn, row: number, key: string): void => void problems.push({ cell: cellName(columns.get(column) ?? 0, row - 1), text: say(locale, 'planning', `budget.cell.${key}`) });
  const said = new Set(lines.flatMap(({ before }) => (before ? [before.lineNo] : [])));
  const kept = new Set(open.filter(({ lineNo }) => !said.has(lineNo)).map(({ name }) => name));
  // Of a line that may not be seen nothing is compared: what it is called and holds would be read off that.
  const isHidden = ({ before, definition }: (typeof lines)[number]): boolean => !sight.withPeople && (definition.purpose === 'people' || before?.purpose === 'people');
  for (const line of lines) {
    const { row, lineNo, before, definition } = line;
    if (lineNo !== null && !before) tell('lineNo', row, 'noLine');
    if (kept.has(definition.name)) tell('name', row, 'nameTaken');
    if (isHidden(line)) tell('name', row, 'people');
    else for (const column of againstPositions(before, definition)) tell(column, row, 'byPositions');
  }
  const rows = lines.filter((line) => !isHidden(line)).map(({ row, before, definition }) => (
    { row, definition, lineNo: before?.lineNo ?? null, nameBefore: before?.name ?? null, capBefore: before ? formatDecimal(parseDecimal(before.cap) ?? 0n) : null, changed: before ? changedOf(before, definition) : [] }));
  const changed = rows.filter(({ lineNo, changed: columnsOf }) => lineNo === null || columnsOf.length > 0);
  const absent = open.filter(({ lineNo, purpose }) => !said.has(lineNo) && (sight.withPeople || purpose !== 'people')).map(({ name }) => name);
  return { rows: changed, unchanged: rows.length - changed.length, absent, problems: problems.slice(0, 200), known: new Map(open.map((line) => [line.lineNo, line])) };
}

/** The line that a row means: that of its number, whatever it is called now; without a number that of its name, unless another row means that one by its number. */
function knownAgain(open: readonly LineRow[], written: readonly ReadLine[]): (line: ReadLine) => LineRow | undefined {
  const numbered = new Set(written.map(({ lineNo }) => lineNo));
  const byNo = new Map(open.map((line) => [line.lineNo, line]));
  const byName = new Map(open.filter(({ lineNo }) => !numbered.has(lineNo)).map((line) => [line.name, line]));
  return ({ lineNo, definition }) => (lineNo === null ? byName.get(definition.name) : byNo.get(lineNo));
}

/** Columns in which a line would be another. */
const changedOf = (line: LineRow, definition: BudgetLineDefinition): Preview['rows'][number]['changed'] =>
  budgetColumns.filter((column) => (column === 'cap' ? parseDecimal(line.cap) !== parseDecimal(definition.cap) : line[column] !== definition[column]));

/** What a workbook says otherwise of a line that follows positions: nobody but they changes it. */
const againstPositions = (line: LineRow | undefined, definition: BudgetLineDefinition): WrittenColumn[] => (line?.isFromPositions ? changedOf(line, definition) : []);

/** Says what a workbook would change; nothing is written. */
export async function tryWorkbook(platform: Platform, say: Say, sight: Sight, workbook: string, locale: Locale): Promise<Preview> {
  const { known: _known, ...preview } = await compare(platform, say, sight, workbook, locale);
  return preview;
}

/** Takes a workbook without problems: new lines, what lines are for, and caps that wait for a second person. All of it or nothing. */
export async function takeWorkbook(platform: Platform, say: Say, sight: Sight, workbook: string, actor: Actor): Promise<{ created: number; asked: number }> {
  const { rows, problems, known } = await compare(platform, say, sight, workbook, actor.locale);
  if (problems.length > 0) throw new Problem('planning.budget_workbook_problems', { status: 422, params: { cell: problems[0].cell, problems: problems.length }, fields: [{ path: 'body.workbook', code: 'problems' }] });
  const reason = say(actor.locale, 'planning', 'budget.byWorkbook');
  const now = platform.clock.now();
  return inTransaction(platform.pg, async (client) => {
    // The plan first, as everybody does, and lines in their order.
    await lockPlan(client, sight.planNo);
    const created = rows.filter(({ lineNo }) => lineNo === null).map(({ definition }) => definition);
    const others = rows.flatMap(({ lineNo, definition, changed }) => (lineNo === null ? [] : [{ line: known.get(lineNo)!, definition, changed }])).toSorted((a, b) => a.line.lineNo - b.line.lineNo);
    await client.query('select from budget_line where line_no = any($1::int[]) order by line_no for update', [others.map(({ line }) => line.lineNo)]);
    const isOfCap = (column: string): boolean => column === 'cap' || column === 'overCap';
    // Two lines may take each other's names: first nobody has them.
    const renamed = others.filter(({ changed }) => changed.includes('name')).map(({ line }) => line.lineNo);
    await client.query("update budget_line set name = line_no || ' ⟲ ' || name where line_no = any($1::int[])", [renamed]);
    for (const { line, definition, changed } of others) if (changed.some((column) => !isOfCap(column))) await updateLine(client, line.lineNo, definition);
    await addLines(client, sight.planNo, created, reason, actor, now);
    const wanted = others.filter(({ changed }) => changed.some(isOfCap)).map(({ line, definition: { cap, overCap } }) => ({ lineNo: line.lineNo, cap, overCap, reason }));
    // Whoever wants something newer takes what was asked for before with it.
    await client.query(`update budget_change set state = 'refused', decided_at = $2, decided_by = $3, decided_note = $4 where line_no = any($1::int[]) and state = 'open'`, [wanted.map(({ lineNo }) => lineNo), now, actor.name, reason]);
    await askFor(client, wanted, actor, now);
    await recordAudit(client, { actor, action: 'planning.import_budget', subject: `plan:${sight.planNo}`, details: { created: created.length, changed: others.length } });
    return { created: created.length, asked: created.length + wanted.length };
  });
}
