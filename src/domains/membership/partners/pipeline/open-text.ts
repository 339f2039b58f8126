import { Problem } from '../../../../kernel/problem.ts';
import { mentionsPersonal } from '../../../customers/contract.ts';

/** Refuses texts with somebody's phone or mail address in them: those are kept as a contact, encrypted. The text itself is not said again. */
export function demandImpersonal(texts: Record<string, string | undefined>): void {
  const [found] = Object.entries(texts).filter(([, text]) => text !== undefined && (mentionsPersonal(text) || text.split(/[\s，。；、：]+/).some(mentionsPersonal)));
  if (found) throw new Problem('membership.partner_text_personal', { fields: [{ path: `body.${found[0]}`, code: 'personal' }] });
}
