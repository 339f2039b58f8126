import { locales } from '../../../../kernel/locale.ts';
import type { ProgrammeDefinition, Tier } from '../../contract/programme.ts';
import type { Param } from '../words/phrase.ts';
import { approval, type CheckedAgainst, type Finding, hint, when, wrong } from './finding.ts';

const ref = ({ key }: Tier): { tier: string } => ({ tier: key });

/** Tiers in ascending order, each told apart from the others, each within reach. */
export function checkTiers({ tiers, points, tierRules }: ProgrammeDefinition): Finding[] {
  const [first] = tiers;
  return [
    ...when(first.entry !== 0, () => wrong('tiers.0.entry', 'firstEntry', { tier: ref(first) })),
    ...when(first.keep !== null, () => wrong('tiers.0.keep', 'firstKeep', { tier: ref(first) })),
    ...tiers.slice(1).flatMap((tier, at) => thresholdsOf(tier, tiers[at], `tiers.${at + 1}`)),
    ...keepsOf(tiers),
    ...tiers.flatMap((tier, at) => toldApart(tier, at, tiers)),
    ...tiers.flatMap((tier, at) => when(tier.debtLimit > 0 && points.takeBack !== 'debt', () => hint(`tiers.${at}.debtLimit`, 'debtUnused', { tier: ref(tier) }))),
    ...when(tierRules.drop === 'none' && tiers.some(({ keep }) => keep !== null), () => hint('tierRules.drop', 'keepUnused')),
  ];
}

function thresholdsOf(tier: Tier, below: Tier, path: string): Finding[] {
  const both = { tier: ref(tier), below: ref(below), entry: tier.entry, other: below.entry };
  return [
    ...when(tier.entry === below.entry, () => wrong(`${path}.entry`, 'entriesOverlap', both)),
    ...when(tier.entry < below.entry, () => wrong(`${path}.entry`, 'entryFalls', both)),
    ...when(tier.keep !== null && tier.keep > tier.entry, () => wrong(`${path}.keep`, 'keepAboveEntry', { tier: ref(tier), keep: tier.keep ?? 0, entry: tier.entry })),
    ...when(tier.keep === 0, () => wrong(`${path}.keep`, 'keepZero', { tier: ref(tier) })),
  ];
}

/** A tier that is easier to keep than one below it would hold people who could not hold that one. */
function keepsOf(tiers: readonly Tier[]): Finding[] {
  return tiers.flatMap((tier, at) => {
    const below = tiers.slice(1, at).findLast(({ keep }) => keep !== null);
    if (tier.keep === null || !below || below.keep === null || tier.keep >= below.keep) return [];
    return [wrong(`tiers.${at}.keep`, 'keepFalls', { tier: ref(tier), keep: tier.keep, below: ref(below), other: below.keep })];
  });
}

function toldApart(tier: Tier, at: number, tiers: readonly Tier[]): Finding[] {
  const others = tiers.slice(0, at);
  return [
    ...when(others.some(({ key }) => key === tier.key), () => wrong(`tiers.${at}.key`, 'tierKeyTwice', { key: tier.key })),
    ...locales.flatMap((locale) => {
      const name = tier.names[locale];
      return name === undefined || others.every(({ names }) => names[locale] !== name) ? [] : [wrong(`tiers.${at}.names.${locale}`, 'tierNameTwice', { name })];
    }),
    ...when(others.some(({ color, icon }) => color === tier.color && icon === tier.icon), () => hint(`tiers.${at}.color`, 'tierLooksTwice', { tier: ref(tier) })),
  ];
}

/** What a tier was called that is no longer there. */
function nameOf(before: ProgrammeDefinition | null, key: string): Param {
  const found = before?.tiers.find((tier) => tier.key === key);
  return found ? { names: found.names } : key;
}

/** Nobody loses a tier without its being said where they go. */
export function checkRemovedTiers({ tiers, removedTiers }: ProgrammeDefinition, { before, held }: CheckedAgainst): Finding[] {
  const has = (key: string): boolean => tiers.some((tier) => tier.key === key);
  // Who holds what the version before takes away has gone where that one says by then.
  const moved = Object.keys(before?.removedTiers ?? {});
  const gone = [...new Set([...(before?.tiers ?? []).map(({ key }) => key), ...held.keys()])].filter((key) => !has(key) && removedTiers[key] === undefined && !moved.includes(key));
  return [
    ...gone.map((key) => wrong(`removedTiers.${key}`, 'removedTier', { name: nameOf(before, key), count: held.get(key) ?? 0 })),
    ...Object.entries(removedTiers).flatMap(([from, to]) => [
      ...when(has(from), () => wrong(`removedTiers.${from}`, 'removedStillThere', { tier: { tier: from } })),
      ...when(!has(to), () => wrong(`removedTiers.${from}`, 'removedTo', { from, to })),
    ]),
  ];
}

/** A threshold that falls or rises to less than half or more than twice what it was moves very many people. */
export function checkThresholdJump({ tiers }: ProgrammeDefinition, { before, held }: CheckedAgainst): Finding[] {
  return tiers.flatMap((tier, at) => {
    const was = before?.tiers.find(({ key }) => key === tier.key)?.entry ?? 0;
    const jumps = was > 0 && (tier.entry > 2 * was || 2 * tier.entry < was);
    return when(jumps && at > 0, () => approval(`tiers.${at}.entry`, 'entryJump', { tier: ref(tier), was, now: tier.entry, count: held.get(tier.key) ?? 0 }));
  });
}
