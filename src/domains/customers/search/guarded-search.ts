import { may, type Actor } from '../../../kernel/actor.ts';
import type { Platform } from '../../../platform/platform.ts';
import { useAllowance } from '../../access/public.ts';
import { normaliseIdentifier } from '../identifiers/normalise.ts';
import type { Found, Search } from './find.ts';

/** Search as it is open to a member of staff. */
export type GuardedSearch = (actor: Actor, text: string, limit: number, offset?: number) => Promise<Found>;

/**
 * A mask leaves 10,000 phones open: at so many wrong ones a day, trying them takes half a year and is seen in the audit
 * log, and whoever mistypes now and then notices nothing.
 */
const inVain = { what: 'customers.search_in_vain', most: 50, refusal: 'customers.searched_in_vain' };

/** A whole phone or mail address. Other personal values are too long to be tried. */
const isContact = (text: string): boolean => (['phone', 'email'] as const).some((kind) => 'text' in normaliseIdentifier(kind, text.trim()));

/**
 * To who may not see personal data a whole phone or address still finds its owner, but only so many may be asked for that
 * nobody has: otherwise what a mask hides could be found by trying.
 */
export const guardSearch = (platform: Platform, search: Search): GuardedSearch => async (actor, text, limit, offset) => {
  const maySeeNames = may(actor, 'customers.reveal');
  if (maySeeNames || !isContact(text)) return search.find(text, maySeeNames, limit, offset);
  const giveBack = await useAllowance(platform, actor, inVain);
  const found = await search.find(text, maySeeNames, limit, offset);
  if (found.total > 0) await giveBack();
  return found;
};
