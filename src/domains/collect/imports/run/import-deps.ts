import type { Commerce } from '../../../commerce/public.ts';
import type { Customers } from '../../../customers/public.ts';
import type { Say } from '../../../../platform/i18n.ts';
import type { Platform } from '../../../../platform/platform.ts';
import type { FactLog } from '../../facts/fact-log.ts';

/** What bringing files in needs of the rest of the product. */
export interface ImportDeps {
  platform: Platform;
  facts: FactLog;
  customers: Pick<Customers, 'vault' | 'profiles' | 'consents' | 'tags' | 'imported'>;
  commerce: Pick<Commerce, 'refreshSummaries' | 'products'>;
  say: Say;
}
