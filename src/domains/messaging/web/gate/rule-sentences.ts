import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../../web/kit.ts';
import type { FrequencyCap, GateRules, GateTouches, PlatformQuota, QuietTime } from '../../contract.ts';

export interface RuleSentence {
  key: string;
  sentence: string;
  /** `unknown`: what is said where nobody counted. */
  touched: { count: number | null; key: string; unknown: string } | undefined;
}

/** Every rule as somebody would say it, with whom it touches now. */
export function useRuleSentences(rules: GateRules, touches?: GateTouches): RuleSentence[] {
  const { t } = useTranslation('messaging');
  const format = useFormat();
  const channelsOf = (channels: readonly string[]): string => (channels.length === 0 ? t('gate.allChannels') : channels.map((channel) => t(`channel.${channel}`)).join(t('gate.and')));
  const capSentence = ({ most, per, channel, category }: FrequencyCap): string => t('gate.sentence.cap', {
    count: most, most: format.number(most), window: t(`gate.window.${per.unit}`, { count: per.count }), channel: channelsOf(channel === null ? [] : [channel]), category: category === null ? '' : t('gate.sentence.category', { category }),
  });
  const quietSentence = ({ from, until, channels, clock, what }: QuietTime): string => t(`gate.sentence.quiet.${what}`, { from, until, channels: channelsOf(channels), clock: t(`gate.quiet.clock.${clock}`) });
  const quotaSentence = ({ channel, of, per, most }: PlatformQuota): string => t(`gate.sentence.quota.${of}`, { channel: t(`channel.${channel}`), per: t(`gate.quotas.per.${per}`), count: most, most: format.number(most) });
  const touched = (count: number | null | undefined, key: string, unknown = 'gate.effect.unknown') => (count === undefined ? undefined : { count, key: `gate.touched.${key}`, unknown });
  return [
    ...rules.caps.map((cap, n) => ({ key: `cap ${n}`, sentence: capSentence(cap), touched: touched(touches?.caps[n], 'cap') })),
    ...rules.quiet.map((time, n) => ({ key: `quiet ${n}`, sentence: quietSentence(time), touched: touched(touches?.quiet[n], 'quiet') })),
    { key: 'control', sentence: t(rules.universalControl > 0 ? 'gate.sentence.control' : 'gate.sentence.noControl', { share: format.percent(rules.universalControl / 10_000, 1) }), touched: rules.universalControl > 0 ? touched(touches?.universalControl, 'control', 'gate.effect.notDrawn') : undefined },
    { key: 'age', sentence: rules.leastAge === null ? t('gate.sentence.noAge') : t(rules.reachesUnknownAge ? 'gate.sentence.age' : 'gate.sentence.knownAge', { years: rules.leastAge }), touched: rules.leastAge === null ? undefined : touched(sum(touches?.underAge, touches?.unknownAge), 'age') },
    ...(rules.excludedAudiences.length > 0 ? [{ key: 'excluded', sentence: t('gate.sentence.excluded', { count: rules.excludedAudiences.length }), touched: touched(touches?.excluded, 'excluded') }] : []),
    ...(rules.complaintsStop ? [{ key: 'complaints', sentence: t('gate.sentence.complaints'), touched: undefined }] : []),
    ...rules.quotas.map((quota, n) => ({ key: `quota ${n}`, sentence: quotaSentence(quota), touched: quota.of === 'channel' ? touched(touches?.quotas[n]?.used, 'used') : touched(touches?.quotas[n]?.people, 'quota') })),
    { key: 'suppressed', sentence: t('gate.sentence.suppressed'), touched: touched(touches?.suppressed, 'suppressed') },
    { key: 'value', sentence: t('gate.sentence.value'), touched: undefined },
    { key: 'keeping', sentence: t('gate.sentence.keeping', { months: rules.keptMonths }), touched: undefined },
  ];
}

function sum(a: number | null | undefined, b: number | null | undefined): number | null | undefined {
  if (a === undefined || b === undefined) return undefined;
  return a === null || b === null ? null : a + b;
}
