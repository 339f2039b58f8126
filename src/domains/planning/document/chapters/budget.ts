import { formatDecimal, parseDecimal } from '../../../../kernel/decimal.ts';
import { type Block, periodOf } from '../../contract.ts';
import { spreadLine, type Staffing } from '../../budget/rules/months.ts';
import { figures, heading, paragraph, table } from '../blocks.ts';
import type { BudgetedLine, Sources } from './sources.ts';

const exact = (text: string): bigint => parseDecimal(text) ?? 0n;
const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((all, each) => all + each, 0n);

/** What it costs, by stage, purpose and quarter, and each line. What waits for its approval is counted with what it asks for, and said so. */
export function budgetBlocks({ word, phrase, format, budget: { lines, isWithoutPeople, staffing } }: Sources): Block[] {
  if (lines.length === 0) return [];
  const money = (amount: bigint): string => format.money(formatDecimal(amount));
  const all = sum(lines.map(({ amount }) => exact(amount)));
  const waiting = sum(lines.filter(({ isWaiting }) => isWaiting).map(({ amount }) => exact(amount)));
  const share = (amount: bigint): string => format.percent(all === 0n ? 0 : Number(amount) / Number(all));
  const by = (title: string, of: Map<string, bigint>, named: (key: string) => string): Block[] => table(
    [{ title, share: 3 }, { title: word('amount'), share: 1.5, isNumber: true }, { title: word('ofAll'), isNumber: true }], [...of].map(([key, amount]) => [named(key), money(amount), share(amount)]));
  return [
    ...figures([{ label: word('budgetAll'), value: format.wholeMoney(formatDecimal(all)) }, { label: word('budgetWaiting'), value: format.wholeMoney(formatDecimal(waiting)) }]),
    ...(isWithoutPeople ? paragraph(phrase('budget.withoutPeople'), 'note') : []),
    heading(3, word('byStage')), ...by(word('stageName'), summed(lines, ({ stage }) => stage ?? ''), (key) => (key === '' ? phrase('budget.unsaid') : word(`stage.${key}`))),
    heading(3, word('byPurpose')), ...by(word('purpose'), summed(lines, ({ purpose }) => purpose), (key) => phrase(`budget.purpose.${key}`)),
    heading(3, word('byQuarter')), ...by(word('quarter'), byQuarter(lines, staffing), (key) => word('quarterOf', { year: key.slice(0, 4), quarter: key.slice(6) })),
    heading(3, word('budgetLines')), ...table(
      [{ title: word('lineName'), share: 2.2 }, { title: word('purpose'), share: 1.3 }, { title: word('costCentre'), share: 1.3 }, { title: word('lineMonths'), share: 1.9 }, { title: word('amount'), share: 2.1, isNumber: true }],
      lines.map(({ name, purpose, costCentre, fromMonth, untilMonth, amount, isWaiting }) => [name, phrase(`budget.purpose.${purpose}`), costCentre, word('monthsOf', { from: format.period(fromMonth), to: format.period(untilMonth) }), isWaiting ? word('waitingAmount', { amount: money(exact(amount)) }) : money(exact(amount))])),
  ];
}

/** The largest first. */
function summed(lines: readonly BudgetedLine[], keyOf: (line: BudgetedLine) => string): Map<string, bigint> {
  const groups = [...Map.groupBy(lines, keyOf)].map(([key, some]) => [key, sum(some.map(({ amount }) => exact(amount)))] as const);
  return new Map(groups.toSorted(([, a], [, b]) => (a < b ? 1 : -1)));
}

/** A line's amount lies over its months as the budget has it. */
function byQuarter(lines: readonly BudgetedLine[], staffing: Staffing): Map<string, bigint> {
  const found = new Map<string, bigint>();
  for (const line of lines) {
    for (const [month, part] of spreadLine(line, exact(line.amount), staffing)) {
      const quarter = periodOf(`${month}-01`, 'quarter');
      found.set(quarter, (found.get(quarter) ?? 0n) + part);
    }
  }
  return new Map([...found].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
