import type { Activity, ActivityDefinition, ActivityDoes, ActivityKind, DayRule, Prize } from '../../contract.ts';
import { namesOf } from '../names-of.ts';
import { momentAt, type Wall, wallOf } from '../../../../kernel/wall-clock.ts';

export interface PrizeDraft {
  key: string;
  names: Record<string, string | undefined>;
  weight: number | null;
  gives: Prize['gives']['kind'];
  points: number | null;
  itemNo: number | null;
  stock: number | null;
}

/** An activity as a form holds it: what its kind does not need is as a new one has it. */
export interface ActivityDraft {
  kind: ActivityKind;
  names: Record<string, string | undefined>;
  note: string;
  startsAt: Wall | null;
  endsAt: Wall | null;
  tiers: string[];
  perDay: number | null;
  total: number | null;
  budget: number | null;
  validDays: number | null;
  points: number | null;
  growth: number | null;
  on: DayRule['on'];
  monthDays: string[];
  nth: string;
  weekday: number;
  weekdays: number[];
  yearDays: string[];
  dates: string[];
  /** Times, as `1.5`; nothing for no multiplying. */
  factor: number | null;
  goods: 'all' | 'products' | 'categories';
  products: string[];
  categories: string[];
  channels: string[];
  payWithinMinutes: number | null;
  cost: number | null;
  prizes: PrizeDraft[];
  fallback: string;
  pityAfter: number | null;
  pityPrize: string;
  itemNo: number | null;
  itemPoints: number | null;
  itemStock: number | null;
  daily: number | null;
  bonuses: { days: number | null; points: number | null }[];
  cycleDays: number | null;
  what: 'event' | 'profile';
  event: string;
  times: number | null;
  within: 'day' | 'activity';
  fields: ('gender' | 'birthDate' | 'province' | 'city')[];
}

export const newPrize = (key: string, more: Partial<PrizeDraft> = {}): PrizeDraft => ({ key, names: {}, weight: null, gives: 'points', points: null, itemNo: null, stock: null, ...more });

const begun: Omit<ActivityDraft, 'startsAt'> = {
  kind: 'sign_in', names: {}, note: '', endsAt: null, tiers: [], perDay: null, total: null, budget: null, validDays: null, points: null, growth: null,
  on: 'month_days', monthDays: ['8'], nth: '1', weekday: 5, weekdays: [], yearDays: [], dates: [], factor: 2, goods: 'all', products: [], categories: [], channels: [], payWithinMinutes: null,
  cost: 50, prizes: [newPrize('first', { weight: 10 }), newPrize('thanks', { weight: 90, gives: 'nothing' })], fallback: 'thanks', pityAfter: null, pityPrize: 'first',
  itemNo: null, itemPoints: null, itemStock: null, daily: 2, bonuses: [{ days: 7, points: 20 }], cycleDays: 7, what: 'event', event: '', times: 3, within: 'activity', fields: [],
};

export const newDraft = (now: Wall): ActivityDraft => ({ ...begun, startsAt: now });

export function activityDraftOf({ definition }: Pick<Activity, 'definition'>, timeZone: string, wall: (text: string) => Wall): ActivityDraft {
  const { names, note, startsAt, endsAt, tiers, limits, budget, validDays, does } = definition;
  return { ...begun, names, note, startsAt: wall(wallOf(startsAt, timeZone)), endsAt: endsAt === null ? null : wall(wallOf(endsAt, timeZone)), tiers, ...limits, budget, validDays, kind: does.kind, ...ofKind(does) };
}

function ofKind(does: ActivityDoes): Partial<ActivityDraft> {
  switch (does.kind) {
    case 'joining': return does.reward;
    case 'member_day': return { ...daysDraft(does.days), ...scopeDraft(does), ...does.reward };
    case 'double_points': return scopeDraft(does);
    case 'lottery': return {
      cost: does.cost, fallback: does.fallback, pityAfter: does.pity?.after ?? null, ...(does.pity ? { pityPrize: does.pity.prize } : {}),
      prizes: does.prizes.map(({ gives, ...prize }) => ({ ...prize, gives: gives.kind, points: gives.kind === 'points' ? gives.points : null, itemNo: gives.kind === 'item' ? gives.itemNo : null })),
    };
    case 'exchange': return { itemNo: does.itemNo, itemPoints: does.points, itemStock: does.stock };
    case 'sign_in': return { daily: does.daily, bonuses: does.bonuses, cycleDays: does.cycleDays };
    case 'task': return { ...does.reward, ...does.task };
  }
}

function daysDraft(rule: DayRule): Partial<ActivityDraft> {
  switch (rule.on) {
    case 'dates': return { on: rule.on, dates: rule.dates };
    case 'month_days': return { on: rule.on, monthDays: rule.days.map(String) };
    case 'weekdays': return { on: rule.on, weekdays: rule.weekdays };
    case 'nth_weekday': return { on: rule.on, nth: String(rule.nth), weekday: rule.weekday };
    case 'year_days': return { on: rule.on, yearDays: rule.days };
  }
}

const scopeDraft = ({ factor, scope, payWithinMinutes }: Pick<Extract<ActivityDoes, { kind: 'member_day' }>, 'factor' | 'scope' | 'payWithinMinutes'>): Partial<ActivityDraft> => ({
  factor: factor === null ? null : factor / 100, goods: scope.goods.are, products: scope.goods.are === 'products' ? scope.goods.products : [], categories: scope.goods.are === 'categories' ? scope.goods.categories : [],
  channels: scope.channels, payWithinMinutes,
});

/** What a form asks for, whether it can be or not. */
export function wantedOf(draft: ActivityDraft, timeZone: string): ActivityDefinition {
  return {
    names: namesOf(draft.names), note: draft.note, startsAt: draft.startsAt ? momentAt(draft.startsAt, timeZone) : '', endsAt: draft.endsAt ? momentAt(draft.endsAt, timeZone) : null, tiers: draft.tiers,
    limits: { perDay: draft.perDay ?? null, total: draft.total ?? null }, budget: draft.budget ?? null, validDays: draft.validDays ?? null, does: doesOf(draft),
  };
}

function doesOf(draft: ActivityDraft): ActivityDoes {
  const reward = { points: draft.points ?? 0, growth: draft.growth ?? 0 };
  const { payWithinMinutes } = draft;
  const scope = { goods: draft.goods === 'all' ? { are: draft.goods } : draft.goods === 'products' ? { are: draft.goods, products: draft.products } : { are: draft.goods, categories: draft.categories }, channels: draft.channels };
  const factor = draft.factor === null ? null : Math.round(draft.factor * 100);
  switch (draft.kind) {
    case 'joining': return { kind: draft.kind, reward };
    case 'member_day': return { kind: draft.kind, days: ruleOf(draft), factor, scope, payWithinMinutes: payWithinMinutes ?? null, reward };
    case 'double_points': return { kind: draft.kind, factor: factor ?? 0, scope, payWithinMinutes: payWithinMinutes ?? null };
    case 'lottery': return {
      kind: draft.kind, cost: draft.cost ?? 0, fallback: draft.fallback, pity: draft.pityAfter ? { after: draft.pityAfter, prize: draft.pityPrize } : null,
      prizes: draft.prizes.map(({ key, names, weight, gives, points, itemNo, stock }) => ({
        key, names: namesOf(names ?? {}), weight: weight ?? 0, stock: stock ?? null, gives: gives === 'points' ? { kind: gives, points: points ?? 0 } : gives === 'item' ? { kind: gives, itemNo: itemNo ?? 0 } : { kind: gives },
      })),
    };
    case 'exchange': return { kind: draft.kind, itemNo: draft.itemNo ?? 0, points: draft.itemPoints ?? 0, stock: draft.itemStock ?? 0 };
    case 'sign_in': return { kind: draft.kind, daily: draft.daily ?? 0, bonuses: draft.bonuses.map(({ days, points }) => ({ days: days ?? 0, points: points ?? 0 })), cycleDays: draft.cycleDays ?? null };
    case 'task': return { kind: draft.kind, reward, task: draft.what === 'event' ? { what: draft.what, event: draft.event, times: draft.times ?? 0, within: draft.within } : { what: draft.what, fields: draft.fields } };
  }
}

function ruleOf(draft: ActivityDraft): DayRule {
  switch (draft.on) {
    case 'dates': return { on: draft.on, dates: draft.dates };
    case 'month_days': return { on: draft.on, days: draft.monthDays.map((day) => (day === 'last' ? day : Number(day))) };
    case 'weekdays': return { on: draft.on, weekdays: draft.weekdays };
    case 'nth_weekday': return { on: draft.on, nth: draft.nth === 'last' ? draft.nth : Number(draft.nth), weekday: draft.weekday };
    case 'year_days': return { on: draft.on, days: draft.yearDays };
  }
}
