import { createFormat, type FormatSettings } from '../../../../kernel/format.ts';
import type { Locale } from '../../../../kernel/locale.ts';
import type { Say } from '../../../../platform/i18n.ts';
import { shownTier } from '../../members/shown.ts';
import type { Version } from '../../programme/programme.ts';
import type { TierDerivation } from '../rules/life.ts';

/** Says why tiers are as they are, in a language, with days of the brand's time zone. */
export interface TierWords {
  change(change: { kind: string; from: string | null; to: string | null; derivation: Partial<TierDerivation> & { by?: string; reason?: string } }): string;
  day(moment: number | null | undefined): string;
  number(value: number | undefined): string;
  tier(key: string | null): string;
  say(key: string, params: Record<string, unknown>): string;
}

export function tierWords(say: Say, locale: Locale, versions: readonly Version[], brand: Pick<FormatSettings, 'timeZone' | 'currency'>): TierWords {
  const { date } = createFormat({ locale, timeZone: brand.timeZone, currency: brand.currency });
  const words: TierWords = {
    say: (key, params) => say(locale, 'membership', `tiers.${key}`, params),
    day: (moment) => (moment === null || moment === undefined ? '' : date(new Date(moment))),
    number: (value) => new Intl.NumberFormat(locale).format(value ?? 0),
    tier: (key) => (key === null ? '' : shownTier(versions, key, locale).name),
    change({ kind, from, to, derivation }) {
      const params = {
        from: words.tier(from), to: words.tier(to), total: words.number(derivation.total), needed: words.number(derivation.needed),
        countedFrom: words.day(derivation.countedFrom), countedUntil: words.day(derivation.countedUntil === undefined ? undefined : derivation.countedUntil - 1), earned: words.tier(derivation.earned ?? null),
      };
      const sentence = words.say(`why.${keyOf(kind, derivation.reason)}`, params);
      return derivation.holdsUntil ? `${sentence}${words.say(kind === 'grace' ? 'why.graceUntil' : 'why.holdsUntil', { day: words.day(derivation.holdsUntil - 1) })}` : sentence;
    },
  };
  return words;
}

const reasons = ['growth', 'late_growth', 'review', 'grace_end', 'window', 'refund', 'version', 'grant', 'approved', 'excused'];

/** Changes of the same kind and reason are told by the same sentence; where nothing more is known, by the kind alone. */
function keyOf(kind: string, reason: string | undefined): string {
  if (kind === 'rise' || kind === 'drop' || kind === 'renew') return reason !== undefined && reasons.includes(reason) ? `${kind}_${reason}` : `${kind}_plain`;
  return kind;
}
