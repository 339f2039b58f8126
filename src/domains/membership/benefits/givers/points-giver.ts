import type { Say } from '../../../../platform/i18n.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { BenefitGiver } from './giver.ts';

/** Points, into the ledger. Those of a gift that is taken back are, as far as they are not spent. */
export const pointsGiver = (ledger: Ledger, say: Say): BenefitGiver => ({
  kind: 'points',
  isSpentOnArrival: true,
  name: (locale) => say(locale, 'membership', 'benefits.giver.points'),
  choices: null,
  describe: async ({ amount }, locale) => say(locale, 'membership', 'benefits.gift.points', { shown: new Intl.NumberFormat(locale).format(amount) }),
  async grant({ key, customerNo, gift: { amount }, at, expiresAt, title }) {
    await ledger.execute({ kind: 'earn', key, customerNo, amount, occurredAt: at, availableAt: at, expiresAt, derivation: { document: title } });
    return { codes: [] };
  },
  async takeBack({ key, customerNo, gift: { amount }, at, title }) {
    await ledger.execute({ kind: 'take_back', key: `${key} back`, of: key, customerNo, amount, policy: 'within_balance', debtLimit: 0, occurredAt: at, derivation: { document: title } });
  },
});
