import { createContext, use } from 'react';
import { createFormat, type Format } from '../../kernel/format.ts';
import type { MemberPage } from '../../domains/membership/contract.ts';
import { currentLocale } from '../i18n/language.ts';

interface Member {
  page: MemberPage;
  /** Shows another state of the page: after joining, after an exchange. */
  show(page: MemberPage): void;
}

export const MemberContext = createContext<Member | null>(null);

/** Whose page it is, and how their language writes numbers, money and days. */
export function useMember(): Member & { format: Format } {
  const member = use(MemberContext);
  if (!member) throw new Error('There is no member around this component.');
  const { timeZone, currency } = member.page.brand;
  return { ...member, format: createFormat({ locale: currentLocale(), timeZone, currency }) };
}
