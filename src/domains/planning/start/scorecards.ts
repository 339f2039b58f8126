import { formatDecimal, parseDecimal } from '../../../kernel/decimal.ts';
import type { CardPart, ItemBody } from '../contract.ts';
import type { Template } from './template.ts';

/** Days late (early is below zero), and what that is worth. */
const curve = [{ days: -7, score: '110' }, { days: 0, score: '100' }, { days: 5, score: '70' }, { days: 15, score: '0' }];

/**
 * A scorecard for each position of a template: its goals (the core goal where it has none), the work that the system counts, what came in
 * time, and what a superior says. Goals share the weight of outcomes, the first of them has what does not divide.
 */
export function scorecardsOf(template: Template): (Pick<ItemBody<'scorecard'>, 'name' | 'note' | 'parts'> & { position: string })[] {
  return template.scorecards.map(({ position: key, outcome, process, progress, subjective }) => {
    const { name, opensYear } = template.positions.find((position) => position.key === key)!;
    const own = template.goals.filter(({ owner }) => owner === name);
    const goals = own.length > 0 ? own : template.goals.filter(({ level }) => level === 'core');
    const share = Math.floor(Number(outcome) / goals.length);
    const parts: CardPart[] = [
      ...goals.map((goal, n): CardPart => ({ kind: 'outcome', key: goal.key, name: goal.name, weight: String(n === 0 ? Number(outcome) - share * (goals.length - 1) : share), metric: { metric: goal.metric, filter: null }, better: betterOf(goal, opensYear) })),
      ...process.map(({ work, target, floor, ...part }): CardPart => ({ kind: 'process', key: work, ...part, work, better: { is: 'higher', target, floor, most: '120' } })),
      { kind: 'progress', key: 'progress', ...progress, curve },
      { kind: 'subjective', key: 'superior', name: subjective.name, weight: subjective.weight, criteria: subjective.note },
    ];
    return { position: key, name, note: template.cardNote, parts };
  });
}

/** Four fifths of a target that should be high is worth nothing, and so is five quarters of one that should be low. */
function betterOf({ better, targets }: Template['goals'][number], year: number): Extract<CardPart, { kind: 'outcome' }>['better'] {
  const target = targets[Math.min(year, targets.length - 1)];
  const exact = parseDecimal(target) ?? 0n;
  return { is: better, target, floor: formatDecimal(better === 'higher' ? (exact * 4n) / 5n : (exact * 5n) / 4n), most: '120' };
}
