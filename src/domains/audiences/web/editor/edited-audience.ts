import type { Rule } from '../../contract.ts';

/** What the editor begins with: a new audience, or one that is there already. */
export interface EditedAudience {
  audienceId: number | null;
  version: number;
  name: string;
  reason: string;
  rule: Rule;
}
