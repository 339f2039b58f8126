import type { MembershipDoors } from '../../part.ts';
import type { Benefits } from '../../benefits/benefits.ts';
import type { MemberBenefits } from '../../contract/benefits.ts';
import type { PageParts } from '../content.ts';

/** What is theirs by their tier, how often still, and what the next tier brings besides. */
export const benefitsPart = ({ say }: Pick<MembershipDoors, 'say'>, benefits: Pick<Benefits, 'ofPerson'>): PageParts['benefits'] => async ({ customerNo }, _version, locale) => {
  const { has, next } = await benefits.ofPerson(customerNo, locale);
  if (has.length === 0 && !next?.benefits.length) return null;
  const told = ({ name, kind, sentence, notes }: Omit<MemberBenefits['has'][number], 'left' | 'leftUntil'>) => ({ name, kind, sentence, note: notes });
  return {
    own: has.map(({ left, leftUntil: _, ...benefit }) => {
      const shown = told(benefit);
      return left === null ? shown : { ...shown, note: [shown.note, say(locale, 'membership', 'page.benefitLeft', { left })].filter(Boolean).join(' ') };
    }),
    next: next && { tier: next.name, benefits: next.benefits.map(told) },
  };
};
