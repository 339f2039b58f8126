import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { type Day, dayIn } from '../../../../kernel/day.ts';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import type { Locale } from '../../../../kernel/locale.ts';
import type { Say } from '../../../../platform/i18n.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { type readRfm, rfmSegments } from '../../contract/rfm.ts';
import { readRfmLimits } from './limits.ts';
import type { MakeUp } from '../../contract/make-up.ts';
import type { Rule } from '../../contract/rule.ts';
import { resolveNow } from '../../preview/preview.ts';
import type { MakeUpParts } from '../make-up.ts';
import { pOfShares, tgiOf } from '../significance.ts';
import { type Cuts, measuredNow, readScores, type Scored, shownCuts } from './read-scores.ts';
import { type Score, scores, segmentAt, worthOf } from './segments.ts';

type Rfm = EndpointReply<typeof readRfm>;
type TraitValue = MakeUp['traits'][number]['values'][number];

/** Names in the reader's language. */
export interface RfmWords {
  /** A segment, or `never`. */
  segment(segment: string): string;
  /** A score of 1 to 5, between the bounds where it and the next one begin. */
  score(kind: keyof Cuts, score: Score, from: string | null, below: string | null): string;
}

export type ReadRfm = (rule: Rule, against: Rule | undefined, words: RfmWords) => Promise<Rfm>;

/** Recency, frequency and value of an audience against a base. Buyers are scored once for a version of the facts. */
export function createRfm({ platform, fields, evaluator, versions }: MakeUpParts): ReadRfm {
  let kept: { version: string; scored: Promise<Scored> } | undefined;
  const scoredNow = async (timeZone: string, today: Day): Promise<Scored> => {
    const [{ facts, hasMerges }, own] = await Promise.all([versions(), readRfmLimits(platform.pg)]);
    const version = `${facts} ${timeZone} ${today} ${own.version}`;
    if (kept?.version !== version) {
      const scored = readScores(platform.reader, measuredNow(hasMerges, timeZone, today), own.limits);
      kept = { version, scored };
      scored.catch(() => (kept = undefined));
    }
    return kept.scored;
  };
  return async (rule, against, words) => {
    const startedMs = performance.now();
    const now = platform.clock.now();
    const meant = async (given: Rule): Promise<Bitmap> => evaluator.evaluate(await resolveNow(platform, fields, given));
    const { timeZone } = await readBrand(platform.pg);
    const today = dayIn(timeZone, now);
    const [{ cuts, cells }, audience, everybody] = await Promise.all([scoredNow(timeZone, today), meant(rule), evaluator.everybody()]);
    const base = against ? await meant(against) : everybody;
    const count = counter(audience, base);
    const of = (isMeant: (cell: Scored['cells'][number]) => boolean): Bitmap => Bitmap.union(cells.filter(isMeant).map((cell) => cell.people));
    const bySegment = Map.groupBy(cells, ({ recency, frequency, value }) => segmentAt(recency, worthOf(frequency, value)));
    const segments = rfmSegments.map((segment) => count(segment, words.segment(segment), Bitmap.union((bySegment.get(segment) ?? []).map((cell) => cell.people))));
    const from = shownCuts(cuts, today);
    const scoresOf = (kind: keyof Cuts): TraitValue[] => scores.map((score) =>
      count(String(score), words.score(kind, score, boundOf(from[kind], score - 2), boundOf(from[kind], score - 1)), of((cell) => cell[kind] === score)));
    return {
      size: audience.size,
      base: base.size,
      segments: [...segments, count('never', words.segment('never'), everybody.andNot(of(() => true)))],
      cells: scores.flatMap((recency) => scores.map((worth) => {
        const { inAudience, inBase, tgi } = count('', '', of((cell) => cell.recency === recency && worthOf(cell.frequency, cell.value) === worth));
        return { recency, worth, segment: segmentAt(recency, worth), inAudience, inBase, tgi };
      })),
      from,
      scores: { recency: scoresOf('recency'), frequency: scoresOf('frequency'), value: scoresOf('value') },
      computedAt: now.toISOString(),
      tookMs: Math.round(performance.now() - startedMs),
    };
  };
}

const boundOf = (from: readonly (string | number)[], index: number): string | null => (index in from ? String(from[index]) : null);

/** Counts people in the audience and in the base, and says how far they differ. */
function counter(audience: Bitmap, base: Bitmap): (value: string, label: string, people: Bitmap) => TraitValue {
  const both = base.and(audience);
  const rest = base.size - both.size;
  return (value, label, people) => {
    const [inAudience, inBase] = [audience.andSize(people), base.andSize(people)];
    const inRest = inBase - both.andSize(people);
    return { value, label, inAudience, inBase, tgi: tgiOf(inAudience, audience.size, inBase, base.size), pValue: pOfShares(inAudience, audience.size, inRest, rest) };
  };
}

/** Names of segments and scores in a language. */
export const rfmWords = (say: Say, locale: Locale): RfmWords => ({
  segment: (segment) => say(locale, 'audiences', `rfm.segment.${segment}`),
  score(kind, score, from, below) {
    if (from === null && below === null) return String(score);
    const bounds = from === null ? 'below' : below === null ? 'from' : 'between';
    return say(locale, 'audiences', `rfm.score.${kind}.${bounds}`, { score, from, below });
  },
});
