import { createFormat } from '../../../../kernel/format.ts';
import type { Locale } from '../../../../kernel/locale.ts';
import type { Say } from '../../../../platform/i18n.ts';
import type { UniversalEffect } from '../../contract/effect.ts';

/** What all programs together bring, as a manager reads it. */
export function effectSentence(say: Say, locale: Locale, timeZone: string, effect: UniversalEffect | null, heldOut: number | null): string {
  const t = (key: string, params: Record<string, unknown> = {}): string => say(locale, 'campaigns', `effect.sentence.${key}`, params);
  if (!effect) return heldOut === null ? t('nobody') : t('soon', { people: new Intl.NumberFormat(locale).format(heldOut) });
  const format = createFormat({ locale, timeZone, currency: effect.currency });
  const { whole: { lifts, reached }, since } = effect;
  const found = lifts.find(({ metric }) => metric === 'margin') ?? lifts.find(({ metric }) => metric === 'revenue');
  if (!found || found.low === null || found.high === null || found.p === null) return t('tooLittle', { since: format.date(since) });
  const { difference, low, high, metric } = found;
  const money = (amount: number): string => format.wholeMoney(amount);
  const isLoss = high < 0;
  const ends = isLoss ? [-high, -low] : [low, high];
  return t(low > 0 ? 'earned' : isLoss ? 'lost' : 'unclear', {
    since: format.date(since), people: format.number(reached.people), of: t(metric), amount: money(Math.abs(difference) * reached.people),
    each: format.money(Math.abs(difference).toFixed(2)), low: money(ends[0] * reached.people), high: money(ends[1] * reached.people),
  });
}

/** What keeps somebody from believing it. */
export function effectWarnings(say: Say, locale: Locale, timeZone: string, { sampleRatio, marginPercent, currency, changes, whole: { reached, control } }: UniversalEffect): string[] {
  const format = createFormat({ locale, timeZone, currency });
  const last = changes.at(-1);
  const sizes = [control.people, reached.people].map((n) => new Intl.NumberFormat(locale).format(n));
  return [
    ...(sampleRatio?.isMismatch ? [say(locale, 'campaigns', 'results.warning.sampleRatio', { sizes: new Intl.ListFormat(locale, { type: 'conjunction' }).format(sizes), p: sampleRatio.p.toPrecision(2) })] : []),
    ...(marginPercent === null ? [say(locale, 'campaigns', 'effect.noMargin')] : []),
    ...(last ? [say(locale, 'campaigns', 'effect.shareChanged', { at: format.date(last.at), from: format.percent(last.from, 1), to: format.percent(last.to, 1), reason: last.reason || '—' })] : []),
  ];
}
