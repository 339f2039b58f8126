import type pg from 'pg';
import { type Actor, systemActor } from '../../../kernel/actor.ts';
import { type Day, startOfDay } from '../../../kernel/day.ts';
import { parseDecimal } from '../../../kernel/decimal.ts';
import type { Plan } from '../contract.ts';
import { createBudgetBook } from '../budget/book.ts';
import { addLines } from '../budget/lines/keep-lines.ts';
import { askedOf, decideChangesIn } from '../budget/lines/changes.ts';
import { monthAfter, monthsBetween, spread } from '../budget/rules/months.ts';
import type { PlanningDoors } from '../part.ts';
import { budgetOf } from '../start/fill.ts';
import type { Template } from '../start/template.ts';
import { demoInvoices } from './demo-work.ts';

/** A second person. */
const treasurer: Actor = { ...systemActor, id: 1, name: '周敏' };

/** The year's lines, approved, with an invoice for each month that is over. Returns their numbers by name. */
export async function addDemoBudget({ platform: { pg: pool } }: PlanningDoors, client: pg.PoolClient, { plan, template, actor, today, timeZone }: { plan: Plan; template: Template; actor: Actor; today: Day; timeZone: string }): Promise<Map<string, number>> {
  const moment = (day: Day): Date => new Date(startOfDay(day, timeZone).getTime() + 10 * 3_600_000);
  const lines = budgetOf(template, plan);
  const lineNos = await addLines(client, plan.planNo, lines, '年度预算', actor, moment(plan.startsOn));
  await decideChangesIn(client, { planNo: plan.planNo, withPeople: true }, { changeNos: await askedOf(client, lineNos), isApproved: true, reason: '' }, treasurer, moment(plan.startsOn));
  for (const { line, supplier, share } of demoInvoices) {
    const at = lines.findIndex(({ name }) => name === line);
    const months = monthsBetween(lines[at].fromMonth, lines[at].untilMonth);
    const parts = spread(parseDecimal(lines[at].cap) ?? 0n, months.length);
    for (const [n, month] of months.entries()) {
      const invoicedOn = `${monthAfter(month)}-01`;
      if (invoicedOn > today) break;
      // No two months cost the same; the last one of a line stays below its cap.
      const amount = (parts[n] * BigInt(Math.round(share * (94 + ((n * 5) % 11))))) / 100n;
      const key = `demonstration ${supplier} ${line} ${month}`;
      const { entryNo } = await createBudgetBook({ pg: pool, clock: { now: () => moment(invoicedOn) } }).carryOut(client, { lineNo: lineNos[at], program: '', key, by: actor.name, command: { kind: 'spend', amount } });
      await client.query('insert into budget_invoice (entry_no, supplier, number, invoiced_on, note) values ($1, $2, $3, $4, $5)', [entryNo, supplier, `${month}-${lineNos[at]}`, invoicedOn, '']);
    }
  }
  return new Map(lines.map(({ name }, n) => [name, lineNos[n]]));
}
