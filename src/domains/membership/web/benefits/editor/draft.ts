import type { BenefitDefinition, BenefitKind, BenefitPromise } from '../../../contract.ts';

/** A benefit that is edited; a new one has no id. */
export interface EditedBenefit {
  benefitId: number | null;
  version: number;
  definition: BenefitDefinition;
}

/** What a new benefit of a kind begins with. */
export function newPromise(kind: BenefitKind): BenefitPromise {
  const gifts = [{ giver: 'points', of: '', amount: 100 }];
  switch (kind) {
    case 'joining': return { kind, gifts };
    case 'upgrade': return { kind, gifts };
    case 'birthday': return { kind, gifts, daysBefore: 0 };
    case 'member_price': return { kind, prices: [{ on: { kind: 'everything' }, by: { kind: 'percent', percent: '5' } }] };
    case 'free_shipping': return { kind, from: '0' };
    case 'exclusive': return { kind, products: [], membersFrom: null, everybodyFrom: null };
    case 'service': return { kind, lane: '', answerMinutes: null };
    case 'partner': return { kind, gifts: [{ giver: 'partner', of: '', amount: 1 }] };
  }
}

export const newBenefit = (tiers: string[], startsAt: string): EditedBenefit => ({
  benefitId: null,
  version: 0,
  definition: { names: {}, notes: '', tiers, promise: newPromise('joining'), cost: '0', validDays: null, limits: { perMember: null, inAll: null }, startsAt, endsAt: null },
});
