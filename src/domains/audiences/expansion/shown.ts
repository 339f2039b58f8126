import type { Locale } from '../../../kernel/locale.ts';
import type { Say } from '../../../platform/i18n.ts';
import type { ShownExpansion } from '../contract/expansion.ts';
import type { FieldRegistry } from '../fields/registry.ts';
import type { ValueNames } from '../fields/value-names.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { Sentences } from '../sentence/sentences.ts';
import { decidingFeatures, isUseless, memberShareOf } from './ask.ts';
import { familyOf, isLeftOut, toldOf, valueOf } from './features/feature.ts';
import { likenessAt } from './model/rank.ts';
import { type ExpansionResult, type ExpansionRow, readLevels } from './store.ts';

export interface ExpansionShowing {
  platform: Platform;
  fields: FieldRegistry;
  sentences: Pick<Sentences, 'tagNames'>;
  valueNames: Pick<ValueNames, 'word' | 'event'>;
  say: Say;
}

type Told = ExpansionResult['features'][number];

/** A feature that alone tells members apart so well repeats what made them members. */
const tooTelling = 0.99;
const weakBelow = 0.65;
const shownFeatures = 12;
const curvePoints = 100;
const standardErrors = 1.96;
/** For which step of a number its weight is told: for having it, a tenth of a share, ten years, twice as many. */
const steps: Record<Told['tells'], number> = { has: 1, share: 0.1, years: 10, times: Math.LN2, money: Math.LN2, days: Math.LN2 };

/** A search as it is shown, with what its model goes by in the reader's words. */
export async function showExpansion(parts: ExpansionShowing, row: ExpansionRow, locale: Locale): Promise<ShownExpansion> {
  const { expansionId, audienceId, state, progress, askedBy, asOf, finishedAt, failure, result } = row;
  const deciding = await decidingFeatures(parts.platform.pg, audienceId);
  const labelOf = await labels(parts, [...row.leftOut, ...(result?.features ?? []).map(({ key }) => key)], locale);
  return {
    expansionId, audienceId, state, askedBy,
    stage: progress?.stage ?? null,
    done: state === 'done' ? 1 : progress?.done ?? 0,
    asOf: asOf.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    leftOut: row.leftOut.map((key) => ({ key, label: labelOf(key), isOfRule: isLeftOut(key, deciding) })),
    failure: failure && parts.say(locale, failure.code.split('.')[0], `problem.${failure.code.split('.').slice(1).join('.')}`, failure.params),
    result: result && (await shownResult(parts, expansionId, result, labelOf, locale)),
  };
}

async function shownResult({ platform, say }: ExpansionShowing, expansionId: number, result: ExpansionResult, labelOf: (key: string) => string, locale: Locale): Promise<NonNullable<ShownExpansion['result']>> {
  const { members, others, auc, error, heldOut, lift, ranked } = result;
  const features = result.features.toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  const telling = features.filter(({ alone }) => alone > tooTelling).map(({ key }) => ({ key, label: labelOf(key) }));
  const verdict = isUseless(result) ? 'useless' : telling.length > 0 ? 'repeats_rule' : auc < weakBelow ? 'weak' : 'good';
  const advice = [say(locale, 'audiences', `expansion.verdict.${verdict}`, { features: telling.map(({ label }) => label).join(say(locale, 'audiences', 'sentence.comma')) })];
  if (members < 1_000) advice.push(say(locale, 'audiences', 'expansion.fewMembers', { members }));
  const reaches = [...new Set(Array.from({ length: curvePoints }, (_, i) => Math.max(1, Math.round(ranked ** ((i + 1) / curvePoints)))))];
  const likeness = likenessAt(await readLevels(platform.pg, expansionId, result), reaches, memberShareOf(result));
  return {
    members, others, auc, aucLow: Math.max(0, auc - standardErrors * error), aucHigh: Math.min(1, auc + standardErrors * error), heldOut, lift, verdict, advice,
    features: features.slice(0, shownFeatures).map((feature) => ({
      key: feature.key, label: labelOf(feature.key), sentence: sentenceOf(say, locale, feature, labelOf(feature.key)), odds: Math.exp(feature.weight), alone: feature.alone,
    })),
    tooTelling: telling,
    curve: reaches.map((reach, i) => ({ reach, likeness: likeness[i] })),
    mostReach: ranked,
  };
}

/** "Orders: typically 5.2 of the members, 1.7 of the others (3.1 times). All else equal, twice as many multiply the odds by 1.8." */
export function sentenceOf(say: Say, locale: Locale, { tells, members, others, perUnit }: Told, label: string): string {
  const word = (key: string, params: object): string => say(locale, 'audiences', `expansion.told.${key}`, { ...params });
  const written = (value: number, options: Intl.NumberFormatOptions = {}): string => new Intl.NumberFormat(locale, { maximumSignificantDigits: 3, ...options }).format(value);
  const number = (learnt: number | null): string => {
    if (learnt === null) return word('unknown', {});
    return tells === 'has' || tells === 'share' ? written(learnt, { style: 'percent' }) : written(Math.max(0, toldOf(tells, learnt)));
  };
  const [ours, theirs] = [members, others].map((learnt) => (learnt === null ? 0 : toldOf(tells, learnt)));
  const compared = word(tells === 'has' || tells === 'share' ? tells : 'typical', { label, members: number(members), others: number(others) });
  const ratio = theirs > 0 && ours > 0 ? word('ratio', { times: written(ours / theirs, { maximumSignificantDigits: 2 }) }) : '';
  const odds = Math.exp(perUnit * steps[tells]);
  const effect = word(`step.${tells === 'times' || tells === 'money' || tells === 'days' ? 'double' : tells}`, { odds: written(odds, { maximumSignificantDigits: 2 }) });
  return `${compared}${ratio}${word('stop', {})}${effect}`;
}

/** Names of features: of a family, or of one of its values. */
export async function labels({ fields, sentences, valueNames, say }: Omit<ExpansionShowing, 'platform'>, keys: readonly string[], locale: Locale): Promise<(key: string) => string> {
  const tags = await sentences.tagNames(keys.filter((key) => familyOf(key) === 'tag').map((key) => Number(valueOf(key))).filter(Number.isInteger));
  const words = (key: string, params: object = {}): string => say(locale, 'audiences', `expansion.${key}`, { ...params });
  const consent = (said: string): string => {
    const [channel, purpose, state] = said.split('/');
    const word = (key: string): string => say(locale, 'audiences', `sentence.${key}`);
    return say(locale, 'audiences', `sentence.consent.${state}`, { channel: word(`channel.${channel}`), purpose: word(`purpose.${purpose}`) });
  };
  return (key) => {
    const [family, value] = [familyOf(key), valueOf(key)];
    const field = fields.find(family);
    if (family === 'consent') return value === '' ? words('family.consent') : consent(value);
    if (family === 'tag' && value !== '') return words('valueOf', { family: words('family.tag'), value: tags.get(Number(value)) ?? value });
    if (family === 'gender' && value !== '') return valueNames.word('field:gender', value, locale);
    const own = words(`family.${family}`);
    const name = own !== `expansion.family.${family}` ? own : field?.attribute ?? (field ? say(locale, ...field.label.split(':') as [string, string]) : family);
    const worded = family === 'event' ? valueNames.event(value, locale) : family === 'language' ? valueNames.word('field:language', value, locale) : value;
    return value === '' ? name : words('valueOf', { family: name, value: worded });
  };
}
