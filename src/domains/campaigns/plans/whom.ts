import type { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import type { Rule } from '../../audiences/contract.ts';
import type { Audiences } from '../../audiences/public.ts';
import { type ChannelKind, consentOf } from '../../messaging/contract.ts';
import type { CampaignDefinition } from '../contract/plans.ts';

type Meant = Pick<CampaignDefinition, 'audience' | 'exclude'>;

/** Whom an audience means at this moment, and who of them is excluded. */
export async function readMeant({ peopleOf }: Pick<Audiences, 'peopleOf'>, { audience, exclude }: Meant): Promise<{ people: Bitmap; excluded: Bitmap }> {
  const people = await peopleOf(audience);
  const out = exclude.length === 0 ? null : await peopleOf({ kind: 'group', match: 'any', parts: exclude });
  const meant = out === null ? people : people.andNot(out);
  return { people: meant, excluded: people.andNot(meant) };
}

/** By which identifier a channel finds somebody, where any account reaches all of them; of the others the accounts are asked. */
const addressKinds: Partial<Record<ChannelKind, 'email' | 'phone'>> = { email: 'email', sms: 'phone' };

/** Who has agreed to be reached by a channel, and of whom an address is known, as rules; null where nobody is asked, or no rule tells. */
export function reachRules(channel: ChannelKind): { consent: Rule | null; address: Rule | null } {
  const consent = consentOf(channel, 'marketing');
  const kind = addressKinds[channel];
  return {
    consent: consent && { kind: 'consent', ...consent, state: 'granted' },
    address: kind === undefined ? null : { kind: 'identifier', identifiers: [kind], match: 'any' },
  };
}
