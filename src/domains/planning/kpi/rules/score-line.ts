import { parseDecimal } from '../../../../kernel/decimal.ts';
import { plus, type Ratio, ratio } from '../../../../kernel/ratio.ts';
import type { BetterFigures, CardEvidence, CardPart } from '../../contract.ts';
import { type Better, type Curve, type CurveFault, curveOf, scoreAt } from './curve.ts';
import { inHundredths, scoreCard, scoreProgress, weightsFault } from './scorecard.ts';

/** Ten-thousandths as an exact fraction. */
export const exactly = (text: string): Ratio => ratio(parseDecimal(text) ?? 0n, 10_000n);

const betterOf = (said: BetterFigures): Better => (said.is === 'within'
  ? { is: 'within', low: exactly(said.low), high: exactly(said.high), slack: exactly(said.slack) }
  : { is: said.is, target: exactly(said.target), floor: exactly(said.floor), most: exactly(said.most) });

const latenessOf = (part: Extract<CardPart, { kind: 'progress' }>): Curve => ({ points: part.curve.map(({ days, score }) => ({ at: ratio(BigInt(days)), score: exactly(score) })) });

/** Why a part cannot be scored: its curve contradicts itself. */
export function partFault(part: CardPart): CurveFault | 'curve_unordered' | null {
  if (part.kind === 'subjective') return null;
  if (part.kind === 'progress') return part.curve.some(({ days }, at) => at > 0 && days <= part.curve[at - 1].days) ? 'curve_unordered' : null;
  const curve = curveOf(betterOf(part.better));
  return typeof curve === 'string' ? curve : null;
}

/** What is wrong with parts as a card: their weights, or the curve of one of them. */
export function partsFault(parts: readonly CardPart[]): { code: 'weights_not_hundred' | 'weight_not_positive' | 'curve_wrong'; at: number | null } | null {
  const weights = weightsFault(parts.map(({ weight }) => ({ weight: exactly(weight) })));
  if (weights) return { code: weights === 'not_hundred' ? 'weights_not_hundred' : 'weight_not_positive', at: null };
  const at = parts.findIndex((part) => partFault(part) !== null);
  return at === -1 ? null : { code: 'curve_wrong', at };
}

/** The score of a part by what is known of it; null: not applicable. */
export function scoreLine(part: CardPart, evidence: CardEvidence): Ratio | null {
  if (part.kind === 'outcome' && evidence.kind === 'outcome') return evidence.value === null ? null : along(part.better, exactly(evidence.value));
  if (part.kind === 'process' && evidence.kind === 'process') return evidence.state === 'known' ? along(part.better, ratio(BigInt(evidence.count))) : null;
  if (part.kind === 'progress' && evidence.kind === 'progress') return scoreProgress(evidence.rows.map(({ dueOn, doneOn }) => ({ dueOn, doneOn, weight: ratio(1n) })), latenessOf(part), evidence.asOf);
  if (part.kind === 'subjective' && evidence.kind === 'subjective') return evidence.superior === null ? null : plus(exactly(evidence.superior.score), exactly(evidence.shift?.points ?? '0'));
  throw new Error(`Evidence of ${evidence.kind} does not belong to a part of ${part.kind}.`);
}

function along(said: BetterFigures, value: Ratio): Ratio {
  const curve = curveOf(betterOf(said));
  if (typeof curve === 'string') throw new Error(`A card was kept whose curve is ${curve}.`);
  return scoreAt(curve, value);
}

/** Hundredths as text: `97.50`. */
export const shownScore = (score: Ratio | null): string | null => {
  if (score === null) return null;
  const hundredths = inHundredths(score).toString();
  const digits = hundredths.replace('-', '').padStart(3, '0');
  return `${hundredths.startsWith('-') ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

export interface ScoredLines {
  lines: { key: string; score: string | null; weight: string }[];
  total: string | null;
  exact: Ratio | null;
}

/** A card's score from its parts and what each stands on; rounded once, to hundredths. */
export function scoreLines(card: readonly { part: CardPart; evidence: CardEvidence }[]): ScoredLines {
  const components = card.map(({ part, evidence }) => ({ key: part.key, weight: exactly(part.weight), score: scoreLine(part, evidence) }));
  const { total, weights } = scoreCard(components);
  return { lines: components.map(({ key, score }) => ({ key, score: shownScore(score), weight: shownScore(weights.get(key)!)! })), total: shownScore(total), exact: total };
}
