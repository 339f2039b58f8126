import { createFormat, type Format } from '../../../kernel/format.ts';
import type { Locale } from '../../../kernel/locale.ts';
import type { Say } from '../../../platform/i18n.ts';
import type { Brand } from '../../../platform/settings.ts';
import type { Analysis, ReportComparison } from '../contract/analysis.ts';
import { metricTraits } from '../contract.ts';
import { magnitude } from './contributions.ts';
import { decimal, type Found, type Moved, shareOf } from './findings.ts';

type Sentence = Analysis['sentences'][number];
type Tone = Sentence['tone'];

/** What sentences are made with. */
interface Voice {
  say: (key: string, params?: Record<string, unknown>) => string;
  format: Format;
  locale: Locale;
  against: string;
}

/** Values of a dimension that are named one by one. */
const mostNamed = 2;
/** A value that went the other way is named from this share of the change on. */
const worthAgainst = 0.2;
/** An average order that moved by less is not worth a sentence. */
const leastTicket = 0.03;

const toneOf = (change: bigint, more: 'good' | 'bad' | 'neutral' = 'good'): Tone => (change === 0n || more === 'neutral' ? 'neutral' : (change > 0n) === (more === 'good') ? 'good' : 'bad');

/** An analysis in the reader's language: what moved comes first, the rest from the shortest sentence on. */
export function wordAnalysis(found: Found, compare: ReportComparison, translate: Say, locale: Locale, brand: Brand): Analysis['sentences'] {
  const say = (key: string, params: Record<string, unknown> = {}): string => translate(locale, 'insights', `analysis.${key}`, params);
  const voice: Voice = { say, locale, format: createFormat({ locale, ...brand }), against: say(`against.${compare}`) };
  if (found.sales.now === 0n && found.sales.before === 0n) return [{ kind: 'nothing', tone: 'neutral', text: say('nothing') }];
  const rest = [
    groupsSentence(found, voice), factorsSentence(found, voice), ...driverSentences(found, voice, translate), ticketSentence(found, voice), ...outsideSentences(found, voice, translate),
  ].filter((sentence) => sentence !== null);
  return [movedSentence(found.sales, voice), ...rest.toSorted((a, b) => a.text.length - b.text.length)];
}

/** A change with its sign: `+¥1.2万`. */
const signed = ({ format }: Voice, change: bigint): string => `${change < 0n ? '−' : '+'}${format.compactMoney(decimal(magnitude(change)))}`;

function movedSentence({ now, before, change }: Moved, voice: Voice): Sentence {
  const { say, format, against } = voice;
  const share = shareOf(change, before);
  const way = share === null ? 'fromNothing' : change === 0n ? 'same' : change > 0n ? 'up' : 'down';
  const text = say(`moved.${way}`, { now: format.compactMoney(decimal(now)), percent: format.percent(Math.abs(share ?? 0)), change: signed(voice, change), against });
  return { kind: 'moved', tone: toneOf(change), text };
}

const listed = ({ locale }: Voice, items: string[]): string => new Intl.ListFormat(locale, { style: locale === 'en' ? 'long' : 'narrow', type: 'conjunction' }).format(items);
const separated = ({ say }: Voice, items: string[]): string => items.join(say('comma'));

function groupsSentence({ groups, sales: { change } }: Found, voice: Voice): Sentence | null {
  if (change === 0n) return null;
  const items = groups.filter((group) => group.change !== 0n).map((group) => voice.say('part', { name: voice.say(`group.${group.key}`), change: signed(voice, group.change) }));
  return { kind: 'groups', tone: toneOf(change), text: voice.say('groups', { list: separated(voice, items) }) };
}

function factorsSentence({ factors, sales: { change } }: Found, voice: Voice): Sentence | null {
  if (factors.length === 0 || change === 0n) return null;
  const items = factors.filter((each) => each.change !== 0n).map((each) => voice.say('part', { name: voice.say(`factor.${each.factor}`), change: signed(voice, each.change) }));
  return { kind: 'factors', tone: toneOf(change), text: voice.say('factors', { list: separated(voice, items) }) };
}

function driverSentences({ dimensions, sales: { change } }: Found, voice: Voice, translate: Say): Sentence[] {
  if (change === 0n) return [];
  return dimensions.flatMap(({ dimension, rows }) => {
    if (rows.filter((row) => row.change !== 0n).length < 2) return [];
    const isAlong = (part: bigint): boolean => part !== 0n && part > 0n === change > 0n;
    const along = rows.filter((row) => isAlong(row.change)).slice(0, mostNamed);
    if (along.length === 0) return [];
    const nameOf = (key: string): string => key || translate(voice.locale, 'insights', 'breakdown.unknown');
    const items = along.map(({ key, change: part }) => {
      const share = shareOf(part, change) ?? 2;
      return voice.say(share <= 1 ? 'partOf' : 'part', { name: nameOf(key), change: signed(voice, part), share: voice.format.percent(share, 0) });
    });
    const against = rows.find((row) => row.change !== 0n && !isAlong(row.change));
    const isWorth = against && Number(magnitude(against.change)) >= worthAgainst * Number(magnitude(change));
    const counter = isWorth ? voice.say('counter', { name: nameOf(against.key), change: signed(voice, against.change) }) : '';
    const text = voice.say(change > 0n ? 'driver.up' : 'driver.down', { dimension: nameIn(translate, voice.locale, `dimension.${dimension}`), list: listed(voice, items), counter });
    return [{ kind: 'driver', tone: toneOf(change), text }];
  });
}

function ticketSentence({ ticket }: Found, voice: Voice): Sentence | null {
  if (!ticket) return null;
  const share = shareOf(ticket.change, ticket.before);
  if (share === null || Math.abs(share) < leastTicket) return null;
  const { now, change, mix, rate } = ticket;
  const money = (part: bigint): string => `${part < 0n ? '−' : '+'}${voice.format.money(decimal(magnitude(part)))}`;
  const text = voice.say(change > 0n ? 'ticket.up' : 'ticket.down', { now: voice.format.money(decimal(now)), percent: voice.format.percent(Math.abs(share)), mix: money(mix), rate: money(rate) });
  return { kind: 'ticket', tone: toneOf(change), text };
}

function outsideSentences({ outside }: Found, { say, format, locale }: Voice, translate: Say): Sentence[] {
  return outside.map(({ metric, day, value, range }) => {
    const isHigh = value > range.high;
    const number = (amount: number): string => (metricTraits[metric].unit === 'money' ? format.compactMoney(amount) : format.compact(Math.round(amount)));
    const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`));
    const text = say(isHigh ? 'outside.high' : 'outside.low', {
      day: format.date(day), weekday, metric: nameIn(translate, locale, `metric.${metric}`), value: number(value), low: number(range.low), high: number(range.high), weeks: range.weeks,
    });
    return { kind: 'outside', tone: toneOf(isHigh ? 1n : -1n, metricTraits[metric].more), text };
  });
}

/** What a metric or a dimension is called within a sentence. */
function nameIn(translate: Say, locale: Locale, of: string): string {
  const label = translate(locale, 'insights', `${of}.label`);
  return locale === 'en' ? label.toLowerCase() : label;
}
