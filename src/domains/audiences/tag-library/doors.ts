import type { Actor } from '../../../kernel/actor.ts';
import type { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { Say } from '../../../platform/i18n.ts';
import type { Customers } from '../../customers/public.ts';
import type { Rule } from '../contract/rule.ts';
import type { FieldRegistry } from '../fields/registry.ts';

/** What the tag library needs of the rest of the domain. */
export interface TagLibraryDoors {
  platform: Platform;
  customers: Pick<Customers, 'vault' | 'tags' | 'copier'>;
  fields: FieldRegistry;
  say: Say;
  /** Everybody a rule means at a moment; refuses one that asks for what does not exist. */
  evaluate(rule: Rule, now: Date): Promise<Bitmap>;
  everybody(): Promise<Bitmap>;
  /** People of an uploaded list, and its name. */
  list(listId: number): Promise<{ name: string; members: Bitmap }>;
  /** The same people by the numbers they count under today. */
  asOfToday(members: Bitmap): Promise<Bitmap>;
  /** While this stays the same, so do the facts and customers that rules are asked of. */
  dataVersion(): Promise<string>;
  /** The rules of live audiences, with the version of their members. */
  audiences: AudienceRules;
}

export interface AudienceRules {
  all(): Promise<{ audienceId: number; name: string; rule: Rule; versionNo: number }[]>;
  /** Puts one tag in the place of another in the rules of audiences; returns in how many. */
  replaceTag(fromId: number, toId: number, actor: Actor): Promise<number>;
}

