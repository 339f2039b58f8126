import type { Locale } from '../../../kernel/locale.ts';
import type { Program } from '../../../kernel/program.ts';
import type { Campaigns } from '../../campaigns/public.ts';
import type { Membership } from '../../membership/public.ts';

/** What is run for users, by every domain that runs something. */
export interface Programs {
  /** Those that run first, then the planned ones, then the newest that ended. Named in a language where they have several names. */
  list(locale: Locale): Promise<Program[]>;
}

const order: readonly Program['state'][] = ['running', 'planned', 'ended'];

export function createPrograms({ membership, campaigns }: { membership: Membership; campaigns: Campaigns }): Programs {
  return {
    async list(locale) {
      const all = (await Promise.all([membership.programs(locale), campaigns.programs()])).flat();
      return all.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || (b.from ?? '').localeCompare(a.from ?? '') || a.key.localeCompare(b.key));
    },
  };
}
