import { dayIn } from '../../../../kernel/day.ts';
import type { ProgrammeDefinition } from '../../contract/programme.ts';
import type { Version } from '../../programme/programme.ts';
import type { EarnedBefore } from '../rules/points.ts';
import type { KeptOrder } from './kept-order.ts';
import type { Membership } from './terms.ts';

/** What of a person decides about what their orders earn. */
export interface EarningPerson {
  /** All numbers whose facts and points are theirs, the one they count under first. */
  numbers: readonly number[];
  memberships: readonly Membership[];
  /** The tiers they have now, one a number. */
  tiers: readonly string[];
  birthDate: string | null;
  /** Changes of tier, by their moment. */
  changes: readonly { customerNo: number; at: number; to: string | null }[];
}

/** The tier somebody had at a moment: the highest of their numbers; the first one where nothing is written of it. */
export function tierAt({ changes, numbers }: EarningPerson, moment: number, { tiers }: ProgrammeDefinition): string | null {
  const rank = (key: string | null | undefined): number => tiers.findIndex((tier) => tier.key === key);
  const held = numbers.map((no) => rank(changes.findLast(({ customerNo, at }) => customerNo === no && at <= moment)?.to));
  return tiers[Math.max(0, ...held)]?.key ?? null;
}

/** How much somebody may owe, by the highest tier they have now. */
export const debtLimitOf = ({ tiers: held }: EarningPerson, { definition: { tiers } }: Version): number =>
  Math.max(0, ...tiers.filter(({ key }) => held.includes(key)).map(({ debtLimit }) => debtLimit));

/** Which of these a version asks for. */
export const asksFor = (versions: readonly Version[], kind: 'tier' | 'birthday'): boolean =>
  versions.some(({ definition }) => definition.points.multipliers.some(({ when }) => when.kind === kind));
export const hasCaps = (versions: readonly Version[]): boolean => versions.some(({ definition: { points: { caps } } }) => caps.perDay !== null || caps.perMonth !== null);

/** What people's orders earned by day and month of the brand, whatever came back of it. */
export class EarnedSoFar {
  readonly #sums = new Map<string, number>();
  readonly #timeZone: string;

  constructor(timeZone: string) {
    this.#timeZone = timeZone;
  }

  add(person: number, { placedAt, regular, bonus }: Pick<KeptOrder, 'placedAt' | 'regular' | 'bonus'>): void {
    for (const key of this.#keys(person, placedAt)) this.#sums.set(key, (this.#sums.get(key) ?? 0) + regular + bonus);
  }

  /** Of the day and the month of an order, without itself. */
  before(person: number, { placedAt }: Pick<KeptOrder, 'placedAt'>, itself: Pick<KeptOrder, 'regular' | 'bonus'> | undefined): EarnedBefore {
    const [day, month] = this.#keys(person, placedAt).map((key) => (this.#sums.get(key) ?? 0) - (itself ? itself.regular + itself.bonus : 0));
    return { day, month };
  }

  #keys(person: number, placedAt: number): [string, string] {
    const day = dayIn(this.#timeZone, new Date(placedAt));
    return [`${person} ${day}`, `${person} ${day.slice(0, 7)}`];
  }
}
