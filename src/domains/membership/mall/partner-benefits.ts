import { conflict } from '../../../kernel/problem.ts';
import type { Names } from '../contract/programme.ts';

/** What partners give that points can be exchanged for. The part that keeps partners brings it. */
export interface PartnerBenefits {
  list(): Promise<{ key: string; names: Names }[]>;
  /** Gives it to somebody, once for a key; refused with 409 where there is none left. */
  grant(asked: { key: string; benefit: string; customerNo: number }): Promise<{ code: string | null }>;
  /** What was given under a key does not count any more. */
  takeBack(key: string): Promise<void>;
}

/** While no partner gives anything. */
export const noPartnerBenefits: PartnerBenefits = {
  list: async () => [],
  grant: async ({ benefit }) => {
    throw conflict('membership.benefit_not_given', { benefit });
  },
  takeBack: async () => undefined,
};
