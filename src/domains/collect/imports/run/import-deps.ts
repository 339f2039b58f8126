import type { Vault } from '../../../customers/vault/vault.ts';
import type { Platform } from '../../../../platform/platform.ts';
import type { FactLog } from '../../facts/fact-log.ts';

/** What bringing files in needs of the rest of the product. */
export interface ImportDeps {
  platform: Platform;
  facts: FactLog;
  vault: Vault;
  /** Makes the totals of these customers anew, or of all. */
  refreshSummaries(customerNos: number[] | 'all'): Promise<void>;
}
