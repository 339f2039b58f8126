import { createFormat } from '../../../kernel/format.ts';
import type { Locale } from '../../../kernel/locale.ts';
import type { Say } from '../../../platform/i18n.ts';
import type { CampaignDefinition } from '../contract/plans.ts';
import type { ReportSection, reportSections } from '../contract/reports.ts';
import type { CampaignResult, Interval, SegmentLift } from '../contract/results.ts';
import { resultSentence, warningsOf } from '../results/sentence.ts';

/** What a report is written from. */
export interface ReportSource {
  definition: CampaignDefinition;
  /** What the campaign does, in words. */
  plan: string;
  result: CampaignResult;
}
interface Voice {
  say: Say;
  locale: Locale;
  timeZone: string;
}
type Key = (typeof reportSections)[number];

/** The first analysis of a campaign, in words: what was meant, what came of it, for whom, at what price, and what to do next. */
export function writeReport(voice: Voice, source: ReportSource): ReportSection[] {
  const { say, locale, timeZone } = voice;
  const { definition, plan, result } = source;
  const t = (key: string, params: Record<string, unknown> = {}): string => say(locale, 'campaigns', `report.${key}`, params);
  const parts: [Key, string[]][] = [
    ['purpose', [definition.note, plan]],
    ['result', [resultSentence(say, locale, timeZone, result)]],
    ['figures', figureLines(voice, result, t)],
    ['segments', segmentLines(voice, result, t)],
    ['versions', versionLines(source, t)],
    ['messages', messageLines(voice, result, t)],
    ['money', moneyLines(voice, result, t)],
    ['cautions', warningsOf(say, locale, result)],
    ['next', nextLines(result, t)],
  ];
  return parts.flatMap(([key, lines]) => {
    const text = lines.filter((line) => line !== '').join('\n');
    return text === '' ? [] : [{ key, title: t(`title.${key}`), text }];
  });
}

type T = (key: string, params?: Record<string, unknown>) => string;
const formatOf = ({ locale, timeZone }: Voice, { currency }: CampaignResult) => createFormat({ locale, timeZone, currency });
/** Which way an interval points, or neither. */
const signOf = ({ low, high }: Pick<Interval, 'low' | 'high'>): 'more' | 'less' | 'unclear' => (low !== null && low > 0 ? 'more' : high !== null && high < 0 ? 'less' : 'unclear');

function figureLines(voice: Voice, result: CampaignResult, t: T): string[] {
  const format = formatOf(voice, result);
  return result.lifts.map(({ metric, base, sharp, explained }) => {
    const write = (value: number): string => (metric === 'buyers' ? format.percent(value, 2) : metric === 'orders' ? value.toFixed(3) : format.money(value.toFixed(2)));
    // A share that rises from 25 % to 41 % rises by 16 points, not by 16 %.
    const apart = (value: number): string => (metric === 'buyers' ? t('points', { points: (value * 100).toFixed(2) }) : write(value));
    if (sharp.low === null || sharp.high === null) return '';
    const line = t(`figure.${signOf(sharp)}`, { metric: t(`metric.${metric}`), base: write(base), difference: apart(Math.abs(sharp.difference)), low: apart(sharp.low), high: apart(sharp.high) });
    return metric === 'revenue' && explained > 0.01 ? `${line}${t('sharpened', { percent: format.percent(1 - Math.sqrt(1 - explained)) })}` : line;
  });
}

function segmentLines({ say, locale }: Voice, { segments }: CampaignResult, t: T): string[] {
  const named = (verdict: SegmentLift['verdict']): string => new Intl.ListFormat(locale, { type: 'conjunction' }).format(
    segments.filter((each) => each.verdict === verdict).map(({ segment }) => (segment === 'never' ? say(locale, 'campaigns', 'results.segments.never') : say(locale, 'audiences', `rfm.segment.${segment}`))));
  const compared = segments.filter(({ verdict }) => verdict !== 'too_few').length;
  const [gained, harmed] = [named('gained'), named('harmed')];
  if (compared === 0) return [];
  return [gained && t('gained', { segments: gained }), harmed && t('harmed', { segments: harmed }), !gained && !harmed ? t('noSegment') : '', t('compared', { count: compared })];
}

function versionLines({ definition, result }: ReportSource, t: T): string[] {
  if (result.versusEachOther.length === 0) return [];
  const nameOf = (key: string): string => definition.arms.find((arm) => arm.key === key)?.name || key.toUpperCase();
  return [result.winner ? t('winner', { arm: nameOf(result.winner) }) : t('noWinner')];
}

function messageLines(voice: Voice, { delivery }: CampaignResult, t: T): string[] {
  const number = (value: number): string => new Intl.NumberFormat(voice.locale).format(value);
  const { handed, untold } = delivery;
  if (handed === 0) return [];
  const told = (['handed', 'delivered', 'opened', 'clicked', 'unsubscribed'] as const).filter((kind) => !untold.some((each) => each === kind));
  const said = t('messages.all', { all: told.map((kind) => t(`messages.${kind}`, { people: number(delivery[kind]) })).join(t('messages.then')) });
  return untold.length === 0 ? [said] : [said, t(`messages.untold.${untold.join('_')}`)];
}

function moneyLines(voice: Voice, result: CampaignResult, t: T): string[] {
  const format = formatOf(voice, result);
  const times = (value: number): string => new Intl.NumberFormat(voice.locale, { maximumFractionDigits: 1 }).format(value);
  const { back, delivery: { cost } } = result;
  if (Number(cost) === 0) return [];
  const said = [t('cost', { cost: format.money(cost) })];
  if (!back || back.low === null || back.high === null) return said;
  return [...said, back.times < 0 ? t('back.none') : t(`back.${back.of}`, { times: times(back.times), low: times(back.low), high: times(back.high) })];
}

/** What follows from it: by rules, so that two who read the same result are told the same. */
function nextLines({ earned, sampleRatio, segments, winner, isOver, back }: CampaignResult, t: T): string[] {
  if (sampleRatio?.isMismatch) return [t('next.mismatch')];
  const sign = earned === null ? null : signOf(earned.revenue);
  // Before anybody is known to have bought more or less, nothing is said of what it was worth.
  const isLoss = back !== null && earned?.revenue.p !== null && back.of === 'margin' && back.high !== null && back.high < 1;
  return [
    earned === null ? t('next.holdout') : '',
    !isOver ? t('next.wait') : '',
    sign === 'more' && !isLoss ? t('next.again') : '', isLoss ? t('next.dear') : '', sign === 'less' ? t('next.stop') : '', sign === 'unclear' && isOver ? t('next.unclear') : '',
    segments.some(({ verdict }) => verdict === 'harmed') ? t('next.exclude') : '',
    winner ? t('next.winner') : '',
  ];
}
