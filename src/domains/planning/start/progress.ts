import { type Check, type Element, elements, type Item, type ItemBody, type ItemKindName, lanes, type Progress, quadrants, sidesOf, stageKeys, strategyKinds } from '../contract.ts';
import { partsFault } from '../kpi/rules/score-line.ts';

/** What is known of a line of the budget here. */
export interface BudgetedLine {
  purpose: string;
  stage: string | null;
  /** Whether a second person approved what it may spend. */
  isApproved: boolean;
}

/**
 * How much of what a good plan has is there: not whether somebody wrote something, but whether it can be stood on. What a template wrote
 * up to an item, and nobody changed since, is a suggestion: an element of nothing else counts half.
 */
export function progressOf(items: readonly Item[], lines: readonly BudgetedLine[], filledUntil = 0): Progress {
  const plan = { ...sortedItems(items), lines };
  const all = elements.map((element) => {
    const checks = checksOf[element](plan);
    const share = mean(checks.map(({ done, wanted }) => Math.min(1, done / wanted)));
    const filled = items.filter(({ itemNo, kind }) => itemNo <= filledUntil && ownWords[element].includes(kind));
    if (filled.length === 0) return { element, checks, share };
    const own = said('own', filled.filter(({ version }) => version > 1).length, filled.length);
    const untouched = (own.wanted - own.done) / items.filter(({ kind }) => ownWords[element].includes(kind)).length;
    return { element, checks: [...checks, own], share: share * (1 - untouched / 2) };
  });
  return { share: mean(all.map(({ share }) => share)), elements: all };
}

/** The kinds that say in words what a team means. */
const ownWords: Record<Element, readonly ItemKindName[]> = {
  reasons: ['need', 'swot_note', 'strategy', 'conclusion'], goals: ['goal'], business: ['lane_plan'], stages: ['stage', 'duty', 'position'], kpi: ['scorecard'], budget: [],
};

const mean = (shares: readonly number[]): number => shares.reduce((sum, share) => sum + share, 0) / shares.length;
const said = (key: string, done: number, wanted: number): Check => ({ key, done: Math.min(done, wanted), wanted });
/** Each of those that are there has it; where there are none, one is wanted. */
const each = <T>(key: string, of: readonly T[], has: (one: T) => boolean): Check => said(key, of.filter(has).length, Math.max(1, of.length));

type Bodies<K extends ItemKindName> = { itemNo: number; parentNo: number | null; body: ItemBody<K> }[];
interface Sorted {
  lines: readonly BudgetedLine[];
  of<K extends ItemKindName>(kind: K): Bodies<K>;
}
const sortedItems = (items: readonly Item[]): Omit<Sorted, 'lines'> => ({ of: <K extends ItemKindName>(kind: K) => items.filter((item) => item.kind === kind) as unknown as Bodies<K> });

/** Needs of one side, notes of one quadrant, process goals under which a core goal stands firm; what came out alone is no scorecard. */
const least = { needs: 2, notes: 2, processGoals: 3, positions: 2, lines: 3, partKinds: 2 };
/** From this weight on a note has to be proven. */
const heavy = 4;

const checksOf: Record<Element, (plan: Sorted) => Check[]> = {
  reasons: (plan) => {
    const [needs, notes, strategies, [conclusion]] = [plan.of('need'), plan.of('swot_note'), plan.of('strategy'), plan.of('conclusion')];
    const sideOf = new Map(notes.map(({ itemNo, body }) => [itemNo, body.quadrant]));
    const isCrossed = (kind: (typeof strategyKinds)[number]): boolean =>
      strategies.some(({ body }) => body.kind === kind && sidesOf[kind].every((side) => body.noteNos.some((itemNo) => sideOf.get(itemNo) === side)));
    return [
      said('needsOutside', needs.filter(({ body }) => body.side === 'outside').length, least.needs),
      said('needsInside', needs.filter(({ body }) => body.side === 'inside').length, least.needs),
      each('needSources', needs, ({ body }) => body.source !== ''),
      said('quadrants', quadrants.filter((quadrant) => notes.filter(({ body }) => body.quadrant === quadrant).length >= least.notes).length, quadrants.length),
      each('evidence', notes.filter(({ body }) => body.weight >= heavy), ({ body }) => body.evidence.length > 0),
      said('strategies', strategyKinds.filter(isCrossed).length, strategyKinds.length),
      said('conclusion', conclusion ? [conclusion.body.why, conclusion.body.business, conclusion.body.goal].filter((answer) => answer !== '').length : 0, 3),
    ];
  },
  goals: (plan) => {
    const goals = plan.of('goal');
    return [
      said('coreGoal', goals.filter(({ body }) => body.level === 'core').length, 1),
      said('processGoals', goals.filter(({ body }) => body.level === 'process').length, least.processGoals),
      each('metrics', goals, ({ body }) => body.metric !== null || body.typed.length > 0),
      each('baselines', goals, ({ body }) => body.baseline !== null),
      each('targets', goals, ({ body }) => body.targets.length > 0),
      each('owners', goals, ({ body }) => body.owner !== null),
    ];
  },
  business: (plan) => {
    const [told, placed] = [plan.of('lane_plan'), plan.of('program_place')];
    return [
      said('lanes', told.length, lanes.length),
      said('laneMetrics', told.filter(({ body }) => body.metric !== null).length, lanes.length),
      said('lanePrograms', lanes.filter((lane) => placed.some(({ body }) => body.lane === lane)).length, lanes.length),
    ];
  },
  stages: (plan) => {
    const [duties, positions, responsible, assigned] = [plan.of('duty'), plan.of('position'), plan.of('responsibility'), plan.of('assignment')];
    return [
      said('stageDuties', stageKeys.filter((stage) => duties.some(({ body }) => body.stage === stage && body.isCore)).length, stageKeys.length),
      each('dutyDoers', duties, ({ itemNo }) => responsible.some(({ parentNo, body }) => parentNo === itemNo && body.letter === 'R')),
      said('positions', positions.length, least.positions),
      each('descriptions', positions, ({ body }) => body.purpose !== '' && body.skills.length > 0),
      each('people', positions, ({ itemNo }) => assigned.some(({ parentNo }) => parentNo === itemNo)),
    ];
  },
  kpi: (plan) => {
    const cards = plan.of('scorecard');
    const isScored = (positionNo: number): boolean => cards.some(({ body }) => body.positionNo === positionNo && partsFault(body.parts) === null);
    return [
      each('positionCards', plan.of('position'), ({ itemNo }) => isScored(itemNo)),
      each('cardOutcomes', cards, ({ body }) => body.parts.some(({ kind }) => kind === 'outcome')),
      each('cardKinds', cards, ({ body }) => new Set(body.parts.map(({ kind }) => kind)).size >= least.partKinds),
    ];
  },
  budget: ({ lines }) => [
    said('budgetLines', lines.length, least.lines),
    each('lineStages', lines, ({ stage }) => stage !== null),
    each('linesApproved', lines, ({ isApproved }) => isApproved),
    said('peopleLine', lines.filter(({ purpose }) => purpose === 'people').length, 1),
  ],
};
