import type pg from 'pg';
import type { Actor } from '../../../kernel/actor.ts';
import { type ItemBody, type ItemKindName, type Plan, raciLetters } from '../contract.ts';
import type { Items } from '../items/items.ts';
import type { Template } from './template.ts';

interface Filling {
  client: pg.PoolClient;
  items: Items;
  plan: Plan;
  template: Template;
  actor: Actor;
}
type Numbers = Map<string, number>;

/** Puts a template into a plan that was just made, each thing behind the one before it. */
export async function fillPlan(filling: Filling): Promise<void> {
  const last = new Map<number | null, number>();
  const put = async <K extends ItemKindName>(kind: K, body: Partial<ItemBody<K>>, parentNo: number | null = null): Promise<number> => {
    const { itemNo } = await filling.items.addIn(filling.client, filling.plan.planNo, { kind, parentNo, afterNo: last.get(parentNo) ?? null, body }, filling.actor);
    last.set(parentNo, itemNo);
    return itemNo;
  };
  await fillReasons(filling, put);
  await fillGoals(filling, put);
  for (const { lane, text, metric } of filling.template.lanes) await put('lane_plan', { lane, text, metric });
  await fillPositions(filling, put);
}

type Put = <K extends ItemKindName>(kind: K, body: Partial<ItemBody<K>>, parentNo?: number | null) => Promise<number>;

async function fillReasons({ template }: Filling, put: Put): Promise<void> {
  for (const need of template.needs) await put('need', need);
  const notes: Numbers = new Map();
  for (const { key, ...note } of template.notes) notes.set(key, await put('swot_note', note));
  for (const { of, ...strategy } of template.strategies) await put('strategy', { ...strategy, noteNos: of.map((key) => notes.get(key)!) });
  await put('conclusion', template.conclusion);
}

async function fillGoals({ template, plan }: Filling, put: Put): Promise<void> {
  const firstYear = Number(plan.startsOn.slice(0, 4));
  const goals: Numbers = new Map();
  for (const { key, under, metric, targets, owner, ...goal } of template.goals) {
    goals.set(key, await put('goal', {
      ...goal, metric: { metric, filter: null }, owner: { staffId: null, name: owner },
      baseline: { from: 'registry', period: String(firstYear - 1) },
      targets: targets.slice(0, plan.years).map((value, n) => ({ period: String(firstYear + n), value })),
    }, under === null ? null : goals.get(under)));
  }
}

async function fillPositions({ template, plan }: Filling, put: Put): Promise<void> {
  const duties: Numbers = new Map();
  for (const { key, ...duty } of template.duties) duties.set(key, await put('duty', duty));
  const positions: Numbers = new Map();
  for (const { key, opensYear, reportsTo, duties: _duties, ...position } of template.positions) {
    positions.set(key, await put('position', { ...position, opens: yearsAfter(plan.startsOn, opensYear), reportsToNo: reportsTo === null ? null : positions.get(reportsTo) }));
  }
  for (const position of template.positions) {
    for (const letter of raciLetters) {
      for (const duty of position.duties[letter] ?? []) await put('responsibility', { positionNo: positions.get(position.key)!, letter }, duties.get(duty));
    }
  }
}

/** The same day so many years later; the 29th of February becomes the 1st of March. */
export function yearsAfter(day: string, years: number): string {
  const [year, month, date] = day.split('-').map(Number);
  return new Date(Date.UTC(year + years, month - 1, date)).toISOString().slice(0, 10);
}
