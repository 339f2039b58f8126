import { locales } from '../../../../kernel/locale.ts';
import type { Names, ProgrammeDefinition } from '../../contract/programme.ts';
import { type Statement, statementsOf, where } from './statement.ts';

const programme = statementsOf('programme');
const joining = statementsOf('joining');
const tiersPart = statementsOf('tiers');
const start = statementsOf('start');

/** A name as each language has it. */
const allOf = (names: Names): string[] => locales.flatMap((locale) => names[locale] ?? []);

/** What it is called, who takes part, and since when what they bought counts. */
export function describeJoining({ names, joining: { who, channels, consent, counts }, settlement, removedTiers }: ProgrammeDefinition): Statement[] {
  return [
    programme.inside('names', 'names', { names: allOf(names) }),
    joining.told('joining.who', `who.${who}`),
    ...where(channels.length > 0, () => joining.told('joining.channels', 'channels', { channels })),
    ...(consent ? [joining.told('joining.consent', 'consent', { channel: { key: `customers:channel.${consent.channel}` }, purpose: { key: `customers:purpose.${consent.purpose}` } })] : []),
    joining.told('joining.counts', `joiningCounts.${counts}`),
    start.inside('settlement', `settlement.${settlement}`),
    ...Object.entries(removedTiers).map(([from, to]) => start.inside(`removedTiers.${from}`, 'removedTier', { from, to: { tier: to } })),
  ];
}

/** The tiers and what it takes to reach and to keep each. */
export function describeTiers({ tiers }: ProgrammeDefinition): Statement[] {
  return tiers.flatMap(({ key, names, color, icon, entry, keep, debtLimit }, at) => {
    const tier = { tier: key };
    return [
      tiersPart.told(`tier.${key}`, at === 0 ? 'tierByJoining' : 'tier', { tier, entry }),
      ...where(at > 0, () => (keep === null ? tiersPart.told(`tier.${key}.keep`, 'tierForGood', { tier }) : tiersPart.told(`tier.${key}.keep`, 'tierKept', { tier, keep }))),
      tiersPart.inside(`tier.${key}.names`, 'tierNames', { key, names: allOf(names) }),
      tiersPart.inside(`tier.${key}.look`, 'tierLook', { tier, color, icon: { key: `says.icon.${icon}` } }),
      ...where(debtLimit > 0, () => tiersPart.inside(`tier.${key}.debt`, 'tierDebt', { tier, count: debtLimit })),
    ];
  });
}
