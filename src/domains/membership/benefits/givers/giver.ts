import { Problem } from '../../../../kernel/problem.ts';
import type { Locale } from '../../../../kernel/locale.ts';
import type { Gift } from '../../contract/benefits.ts';

/** What is to be given to whom. */
export interface Giving {
  /** The same key is the same gift, for ever: given again it comes to the same. */
  key: string;
  customerNo: number;
  gift: Gift;
  at: number;
  expiresAt: number | null;
  /** What the gift is called to whom gets it. */
  title: string;
}

/** What a giver has to choose from. */
export interface GiverChoice {
  of: string;
  name: string;
  /** How many there are; null where there is no end. */
  left: number | null;
}

/** Something that can be given: points, codes of coupons, codes of partners. Parts bring theirs. */
export interface BenefitGiver {
  kind: string;
  /** What it gives is spent on arrival: there is nothing to be used later. */
  isSpentOnArrival: boolean;
  name(locale: Locale): string;
  /** Null where `of` says nothing. */
  choices: ((locale: Locale) => Promise<GiverChoice[]>) | null;
  /** "200 points", "3 codes of “Spring coupon”". */
  describe(gift: Gift, locale: Locale): Promise<string>;
  /** Gives it once a key, durably; a problem below 500 says why it cannot be given. */
  grant(giving: Giving): Promise<{ codes: string[] }>;
  /** Takes back what was given under a key, as far as it was not spent; nothing where nothing was. */
  takeBack(giving: Giving): Promise<void>;
}

/** Every giver there is, by its kind. */
export interface Givers {
  register(giver: BenefitGiver): void;
  all(): readonly BenefitGiver[];
  /** Throws where nothing gives that. */
  of(kind: string): BenefitGiver;
}

export function createGivers(): Givers {
  const givers = new Map<string, BenefitGiver>();
  return {
    register(giver) {
      if (givers.has(giver.kind)) throw new Problem('membership.giver_taken', { status: 500, params: { giver: giver.kind } });
      givers.set(giver.kind, giver);
    },
    all: () => [...givers.values()],
    of(kind) {
      const giver = givers.get(kind);
      if (!giver) throw new Problem('membership.giver_unknown', { status: 409, params: { giver: kind } });
      return giver;
    },
  };
}
