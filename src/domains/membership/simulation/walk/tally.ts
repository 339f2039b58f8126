import type { ProgrammeDefinition } from '../../contract/programme.ts';
import type { TierChange } from '../../tiers/rules/life.ts';
import type { Lived } from '../rules/lived.ts';

export const sides = ['draft', 'present'] as const;
export type Side = (typeof sides)[number];

/** Sums over everybody under one programme. */
export interface SideTotals {
  members: number;
  growth: number;
  earned: number;
  takenBack: number;
  spent: number;
  uncovered: number;
  expired: number;
  outstanding: number;
}
const sums = ['growth', 'earned', 'takenBack', 'spent', 'uncovered', 'expired', 'outstanding'] as const;

/** Under one programme, as far as a sentence needs it. */
export interface Stood {
  /** Null for no member. */
  tier: string | null;
  growth: number;
  outstanding: number;
  lastChange: TierChange | null;
}

/** Somebody who would lose something. */
export interface WorstCase {
  customerNo: number;
  /** How many tiers, by the order of the draft. */
  levels: number;
  pointsLost: number;
  draft: Stood;
  present: Stood;
}
const mostWorst = 20;

/** Where people stand under both, as `draft/present`, each a number of a tier from 1, 0 for no member; who has `fewer` or `more` points; and all who `ordered`. */
export type CellPeople = Record<string, Uint32Array>;

export interface TrialFigures {
  totals: Record<Side, SideTotals>;
  cells: CellPeople;
  worst: WorstCase[];
  people: number;
}

const none = (): SideTotals => ({ members: 0, growth: 0, earned: 0, takenBack: 0, spent: 0, uncovered: 0, expired: 0, outstanding: 0 });
export const nothing = (): TrialFigures => ({ totals: { draft: none(), present: none() }, cells: {}, worst: [], people: 0 });

/** Which tier of a draft stands for a tier of the present programme. */
export function placeIn({ tiers, removedTiers }: Pick<ProgrammeDefinition, 'tiers' | 'removedTiers'>, key: string): number {
  const own = tiers.findIndex((tier) => tier.key === key);
  return own >= 0 ? own : Math.max(0, tiers.findIndex((tier) => tier.key === removedTiers[key]));
}

/** Adds people up, one after the other. */
export class TrialTally {
  readonly figures: TrialFigures = nothing();
  readonly #lists = new Map<string, NumberList>();
  readonly #draft: ProgrammeDefinition;
  readonly #present: ProgrammeDefinition;
  readonly #places: readonly number[];

  constructor(draft: ProgrammeDefinition, present: ProgrammeDefinition) {
    this.#draft = draft;
    this.#present = present;
    this.#places = present.tiers.map(({ key }) => placeIn(draft, key));
  }

  add(customerNo: number, draft: Lived | null, present: Lived | null): void {
    this.figures.people++;
    this.#list('ordered', customerNo);
    if (!draft && !present) return;
    this.#sum('draft', draft);
    this.#sum('present', present);
    this.#list(`${draft ? draft.rank + 1 : 0}/${present ? present.rank + 1 : 0}`, customerNo);
    const lost = (present?.outstanding ?? 0) - (draft?.outstanding ?? 0);
    if (lost !== 0) this.#list(lost > 0 ? 'fewer' : 'more', customerNo);
    const levels = present ? this.#places[present.rank] - (draft ? draft.rank : -1) : 0;
    if (levels <= 0 && lost <= 0) return;
    const { worst } = this.figures;
    if (worst.length === mostWorst && isWorse(worst[mostWorst - 1], { levels, pointsLost: lost, customerNo })) return;
    worst.push({ customerNo, levels: Math.max(0, levels), pointsLost: Math.max(0, lost), draft: stood(draft, this.#draft), present: stood(present, this.#present) });
    keepWorst(worst);
  }

  /** Everything, with people in lists that end where they end. */
  taken(): TrialFigures {
    return { ...this.figures, cells: Object.fromEntries([...this.#lists].map(([cell, list]) => [cell, list.taken()])) };
  }

  #sum(side: Side, lived: Lived | null): void {
    if (!lived) return;
    const totals = this.figures.totals[side];
    totals.members++;
    for (const sum of sums) totals[sum] += lived[sum];
  }

  #list(cell: string, customerNo: number): void {
    let list = this.#lists.get(cell);
    if (!list) this.#lists.set(cell, (list = new NumberList()));
    list.push(customerNo);
  }
}

/** Adds what a part of the people came to. Their lists are put together by whoever keeps them. */
export function addFigures(all: TrialFigures, part: TrialFigures): void {
  all.people += part.people;
  for (const side of sides) for (const sum of ['members', ...sums] as const) all.totals[side][sum] += part.totals[side][sum];
  all.worst.push(...part.worst);
  keepWorst(all.worst);
}

type Badness = Pick<WorstCase, 'levels' | 'pointsLost' | 'customerNo'>;
const byBadness = (a: Badness, b: Badness): number => Math.max(0, b.levels) - Math.max(0, a.levels) || b.pointsLost - a.pointsLost || a.customerNo - b.customerNo;
const isWorse = (a: Badness, b: Badness): boolean => byBadness(a, { ...b, pointsLost: Math.max(0, b.pointsLost) }) < 0;

function keepWorst(worst: WorstCase[]): void {
  worst.sort(byBadness);
  worst.length = Math.min(worst.length, mostWorst);
}

const stood = (lived: Lived | null, { tiers }: ProgrammeDefinition): Stood =>
  (lived ? { tier: tiers[lived.rank].key, growth: lived.growth, outstanding: lived.outstanding, lastChange: lived.lastChange } : { tier: null, growth: 0, outstanding: 0, lastChange: null });

/** Numbers one after the other, in memory that grows by halves. */
class NumberList {
  #numbers = new Uint32Array(64);
  #length = 0;

  push(number: number): void {
    if (this.#length === this.#numbers.length) {
      const larger = new Uint32Array(this.#length * 2);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[this.#length++] = number;
  }

  taken(): Uint32Array {
    return this.#numbers.slice(0, this.#length);
  }
}
