import type { Day } from '../../../../kernel/day.ts';
import { formatDecimal } from '../../../../kernel/decimal.ts';
import type { Multiplier, ProgrammeDefinition } from '../../contract/programme.ts';
import { approval, type CheckedAgainst, type Finding, hint, when, wrong } from './finding.ts';
import { exact } from './jump.ts';

const one = 10_000n;
/** Beyond ten times as many points a second person looks at it. */
const mostAlone = 10n * one;

/** What points are multiplied by: known things, told apart, and not too much without a second person. */
export function checkMultipliers({ tiers, points: { multipliers, combine } }: ProgrammeDefinition, against: CheckedAgainst, today: Day): Finding[] {
  return [
    ...multipliers.flatMap((multiplier, at) => {
      const path = `points.multipliers.${at}`;
      const factor = exact(multiplier.factor);
      return [
        ...when(multipliers.slice(0, at).some(({ key }) => key === multiplier.key), () => wrong(`${path}.key`, 'multiplierTwice', { key: multiplier.key })),
        ...when(factor === one, () => hint(`${path}.factor`, 'factorOne', { name: { names: multiplier.names } })),
        ...when(factor > mostAlone && !hadAlready(multiplier, against), () => approval(`${path}.factor`, 'factorLarge', { name: { names: multiplier.names }, factor: { exact: multiplier.factor }, most: Number(mostAlone / one) })),
        ...unknownIn(multiplier, `${path}.when`, tiers.map(({ key }) => key), against),
        ...pastDays(multiplier, `${path}.when`, today),
      ];
    }),
    ...(combine === 'product' ? together(multipliers, against) : []),
  ];
}

/** What was published with these very numbers was looked at then. */
const hadAlready = ({ key, factor }: Multiplier, { before }: CheckedAgainst): boolean =>
  before?.points.multipliers.some((other) => other.key === key && exact(other.factor) >= exact(factor)) ?? false;

/** All that apply at once: of the tiers a person has one. */
function together(multipliers: readonly Multiplier[], { before }: CheckedAgainst): Finding[] {
  const most = mostTogether(multipliers);
  const had = before?.points.combine === 'product' ? mostTogether(before.points.multipliers) : one;
  const alone = multipliers.some(({ factor }) => exact(factor) > mostAlone);
  return when(most > mostAlone && most > had && !alone, () => approval('points.combine', 'factorsTogether', { factor: { exact: formatDecimal(most) }, most: Number(mostAlone / one) }));
}

function mostTogether(multipliers: readonly Multiplier[]): bigint {
  const ofTier = multipliers.filter(({ when: { kind } }) => kind === 'tier').map(({ factor }) => exact(factor));
  const others = multipliers.filter(({ when: { kind } }) => kind !== 'tier').map(({ factor }) => exact(factor));
  const highest = ofTier.reduce((most, factor) => (factor > most ? factor : most), one);
  return others.filter((factor) => factor > one).reduce((all, factor) => (all * factor) / one, highest);
}

function unknownIn({ when: of }: Multiplier, path: string, tiers: readonly string[], { known }: CheckedAgainst): Finding[] {
  const missing = (all: readonly string[], there: (key: string) => boolean, level: typeof wrong, place: string, key: string): Finding[] =>
    all.flatMap((name, at) => when(!there(name), () => level(`${path}.${place}.${at}`, key, { name })));
  switch (of.kind) {
    case 'tier': return missing(of.tiers, (key) => tiers.includes(key), wrong, 'tiers', 'tierUnknown');
    case 'product': return missing(of.products, (id) => known.products.has(id), wrong, 'products', 'productUnknown');
    case 'category': return missing(of.categories, (name) => known.categories.has(name), hint, 'categories', 'categoryUnknown');
    case 'channel': return missing(of.channels, (name) => known.channels.has(name), hint, 'channels', 'channelUnknown');
    case 'birthday':
    case 'member_day': return [];
  }
}

function pastDays({ when: of }: Multiplier, path: string, today: Day): Finding[] {
  if (of.kind !== 'member_day' || of.days.by !== 'date') return [];
  const past = of.days.dates.filter((day) => day <= today);
  return when(past.length === of.days.dates.length, () => hint(`${path}.days.dates`, 'datesPast'));
}
