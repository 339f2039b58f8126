import type { Format } from '../../../../kernel/format.ts';
import type { Locale } from '../../../../kernel/locale.ts';
import type { Say } from '../../../../platform/i18n.ts';
import { nameIn } from '../../contract/programme.ts';
import type { Version } from '../../programme/programme.ts';
import { type EarnedBy, earnedBy, type TakenBackBy, takenBackBy } from './derivation.ts';

export interface Step {
  label: string;
  value: string;
}

/** In whose words steps are told. */
export interface Telling {
  say: Say;
  locale: Locale;
  format: Format;
  versions: readonly Version[];
}

/** How an entry came about, from what was stored with it; nothing of one that says it all in its sentence. */
export function stepsOf(derivation: unknown, telling: Telling): Step[] {
  const earned = earnedBy.safeParse(derivation);
  if (earned.success) return stepsOfOrder(earned.data, telling);
  const taken = takenBackBy.safeParse(derivation);
  return taken.success ? stepsOfReturn(taken.data, telling) : [];
}

const word = ({ say, locale }: Telling) => (key: string, params: Record<string, string> = {}): string => say(locale, 'membership', `why.${key}`, params);

function stepsOfOrder(by: EarnedBy, telling: Telling): Step[] {
  const { format } = telling;
  const say = word(telling);
  const step = (key: string, value: string): Step => ({ label: say(`step.${key}`), value });
  return [
    step('order', by.order),
    versionStep(by.versionNo, telling),
    step('goods', format.money(by.goods)),
    ...Object.entries(by.changes).map(([key, amount]) => step(key, `${amount.startsWith('-') ? '' : '+'}${format.money(amount)}`)),
    ...(Object.keys(by.changes).length > 0 ? [step('base', format.money(by.base))] : []),
    step('rate', say('rate', { points: format.number(by.rate.amount), money: format.money(by.rate.per) })),
    ...by.factors.map(({ keys, of, factor }) => ({ label: keys.map((key) => multiplierName(key, by, telling)).join(' · '), value: say('factor', { money: format.money(of), factor: format.number(factor, 4) }) })),
    ...(Number(by.exact) === by.rounded ? [] : [step('rounding', say(`rounding.${by.rounding}`, { exact: format.number(by.exact, 4), points: format.number(by.rounded) }))]),
    ...(by.threshold ? [step('threshold', say('threshold', { money: format.money(by.threshold.from), points: format.number(by.threshold.points) }))] : []),
    ...(by.cap ? [step('cap', say(`cap.${by.cap.of}`, { limit: format.number(by.cap.limit), before: format.number(by.cap.before) }))] : []),
    step('points', format.number(by.points)),
    ...(by.before === undefined ? [] : [step('before', format.number(by.before))]),
  ];
}

function stepsOfReturn(by: TakenBackBy, telling: Telling): Step[] {
  const { format } = telling;
  const say = word(telling);
  const step = (key: string, value: string): Step => ({ label: say(`step.${key}`), value });
  return [
    step('order', by.order),
    versionStep(by.versionNo, telling),
    step('goods', format.money(by.goods)),
    ...(by.reason === 'refund' ? [step('returned', by.isWhole ? say('whole', { money: format.money(by.returned) }) : format.money(by.returned))] : []),
    step('earned', format.number(by.earned)),
    step('takenInAll', by.bonusInAll > 0 ? say('withBonus', { points: format.number(by.takenInAll), bonus: format.number(by.bonusInAll) }) : format.number(by.takenInAll)),
    ...(by.policy ? [step('policy', say(`policy.${by.policy}`))] : []),
  ];
}

function versionStep(versionNo: number, telling: Telling): Step {
  const version = telling.versions.find((each) => each.versionNo === versionNo);
  const say = word(telling);
  return {
    label: say('step.version'),
    value: version ? say('version', { number: String(versionNo), name: nameIn(version.definition.names, telling.locale), since: telling.format.date(new Date(version.startsAt)) }) : String(versionNo),
  };
}

function multiplierName(key: string, { versionNo, activities = [] }: EarnedBy, { versions, locale }: Telling): string {
  const promised = versions.find((each) => each.versionNo === versionNo)?.definition.points.multipliers ?? [];
  const multiplier = [...promised, ...activities].find((each) => each.key === key);
  return multiplier ? nameIn(multiplier.names, locale) : key;
}
