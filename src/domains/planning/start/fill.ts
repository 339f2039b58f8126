import type { Actor } from '../../../kernel/actor.ts';
import type pg from 'pg';
import { addDays, addMonths } from '../../../kernel/day.ts';
import { type BudgetLineDefinition, type ItemBody, type ItemKindName, type Plan, raciLetters } from '../contract.ts';
import { type NumberedItem, reserveItemNos } from '../items/add-many.ts';
import type { Items } from '../items/items.ts';
import { scorecardsOf } from './scorecards.ts';
import type { Template } from './template.ts';

/** Puts a template into a plan that was just made and is locked. Returns the numbers of what has a key in it: `goal core`, `duty rules`. */
export async function fillPlan({ client, items, plan, template, actor }: { client: pg.PoolClient; items: Items; plan: Plan; template: Template; actor: Actor }): Promise<Numbers> {
  const count = filled(template, plan, []).all.length;
  const { all, numbers } = filled(template, plan, await reserveItemNos(client, count));
  await items.addMany(client, plan.planNo, all, actor);
  return numbers;
}

/** Numbers by kind and key. */
export type Numbers = ReadonlyMap<string, number>;
export type Put = <K extends ItemKindName>(kind: K, body: Partial<ItemBody<K>>, parentNo?: number | null, key?: string) => number;

/** Everything of a template, in its order, under the given numbers; without them its places among all are what they name each other by. */
function filled(template: Template, plan: Plan, itemNos: readonly number[]): { all: NumberedItem[]; numbers: Map<string, number> } {
  const all: NumberedItem[] = [];
  const numbers = new Map<string, number>();
  const put: Put = (kind, body, parentNo = null, key) => {
    const itemNo = itemNos[all.length] ?? all.length + 1;
    all.push({ itemNo, kind, parentNo, body } as NumberedItem);
    if (key !== undefined) numbers.set(`${kind} ${key}`, itemNo);
    return itemNo;
  };
  fillReasons(template, put, numbers);
  fillGoals(template, plan, put, numbers);
  for (const { lane, text, metric } of template.lanes) put('lane_plan', { lane, text, metric });
  fillPositions(template, plan, put, numbers);
  fillStages(template, plan, put);
  for (const { position, ...card } of scorecardsOf(template)) put('scorecard', { ...card, positionNo: numbers.get(`position ${position}`) }, null, position);
  return { all, numbers };
}

function fillReasons(template: Template, put: Put, numbers: Numbers): void {
  for (const need of template.needs) put('need', need);
  for (const { key, ...note } of template.notes) put('swot_note', note, null, key);
  for (const { of, ...strategy } of template.strategies) put('strategy', { ...strategy, noteNos: of.map((key) => numbers.get(`swot_note ${key}`)!) }, null, strategy.kind);
  put('conclusion', template.conclusion);
}

function fillGoals(template: Template, plan: Plan, put: Put, numbers: Numbers): void {
  const firstYear = Number(plan.startsOn.slice(0, 4));
  for (const { key, under, metric, targets, owner, ...goal } of template.goals) {
    put('goal', {
      ...goal, metric: { metric, filter: null }, owner: { staffId: null, name: owner },
      baseline: { from: 'registry', period: String(firstYear - 1) },
      targets: targets.slice(0, plan.years).map((value, n) => ({ period: String(firstYear + n), value })),
    }, under === null ? null : numbers.get(`goal ${under}`), key);
  }
}

function fillPositions(template: Template, plan: Plan, put: Put, numbers: Numbers): void {
  for (const { key, ...duty } of template.duties) put('duty', duty, null, key);
  for (const { key, opensYear, reportsTo, duties: _duties, ...position } of template.positions) {
    put('position', { ...position, opens: yearsAfter(plan.startsOn, opensYear), reportsToNo: reportsTo === null ? null : numbers.get(`position ${reportsTo}`) }, null, key);
  }
  for (const position of template.positions) {
    for (const letter of raciLetters) {
      for (const duty of position.duties[letter] ?? []) put('responsibility', { positionNo: numbers.get(`position ${position.key}`), letter }, numbers.get(`duty ${duty}`));
    }
  }
}

/** Stages with what somebody has to vouch for, and the goals that have to be reached by their end. */
function fillStages(template: Template, { startsOn }: Plan, put: Put): void {
  for (const { stage, fromYear, years, aim, criteria } of template.stages) {
    const stageNo = put('stage', { stage, from: yearsAfter(startsOn, fromYear), to: addDays(yearsAfter(startsOn, fromYear + years), -1), aim }, null, stage);
    for (const { name, source } of criteria) put('criterion', { name, by: { kind: 'said', isMet: false, source } }, stageNo);
    for (const goal of template.goals.filter(({ key }) => template.exits.some((exit) => exit.stage === stage && exit.goal === key))) {
      put('criterion', { name: goal.name, by: { kind: 'figure', asked: { metric: goal.metric, filter: null }, period: 'year', is: goal.better === 'higher' ? 'at_least' : 'at_most', bound: goal.targets[fromYear + years - 1] } }, stageNo);
    }
  }
}

/** The budget of a template's first year. */
export const budgetOf = (template: Template, { startsOn }: Pick<Plan, 'startsOn'>): BudgetLineDefinition[] => template.budget.map(({ fromMonth, months, ...line }) => {
  const month = (after: number): string => addMonths(`${startsOn.slice(0, 7)}-01`, after).slice(0, 7);
  return { ...line, fromMonth: month(fromMonth), untilMonth: month(fromMonth + months - 1), overCap: 'stop' };
});

/** The same day so many years later; the 29th of February becomes the 1st of March. */
export function yearsAfter(day: string, years: number): string {
  const [year, month, date] = day.split('-').map(Number);
  return new Date(Date.UTC(year + years, month - 1, date)).toISOString().slice(0, 10);
}
