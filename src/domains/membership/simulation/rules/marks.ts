import type { Multiplier, ProgrammeDefinition } from '../../contract/programme.ts';

/** Values of products, categories or channels that a programme tells apart. */
export interface Mark {
  of: 'product' | 'category' | 'channel';
  values: readonly string[];
}

/** Bits of a whole number of 32 that is not negative. */
export const mostMarks = 31;

/** What programmes tell apart, each once: the engine says of each line which hold, so that no text leaves it. */
export function marksOf(definitions: readonly ProgrammeDefinition[]): Mark[] {
  const all = definitions.flatMap(({ points, joining }) => [
    ...points.multipliers.flatMap(({ when }) => markOf(when) ?? []),
    ...(joining.channels.length > 0 ? [{ of: 'channel' as const, values: joining.channels }] : []),
  ]);
  return [...new Map(all.map((mark) => [JSON.stringify(mark), mark])).values()];
}

function markOf(when: Multiplier['when']): Mark | null {
  switch (when.kind) {
    case 'product': return { of: 'product', values: when.products };
    case 'category': return { of: 'category', values: when.categories };
    case 'channel': return { of: 'channel', values: when.channels };
    default: return null;
  }
}

/**
 * Takes marks back to something that rules of programmes understand: a line's marks become its category, an order's its channel, and
 * what a programme names becomes all marks that were met and hold. So the rules themselves stay as they are.
 */
export class Tokens {
  readonly #marks: readonly Mark[];
  readonly #known = new Set<number>();
  readonly #lists = new Map<number, string[]>();

  constructor(marks: readonly Mark[]) {
    this.#marks = marks;
  }

  /** Lists grow as marks are met, for whoever holds them. */
  of(marks: number): string {
    if (!this.#known.has(marks)) {
      this.#known.add(marks);
      for (const [bit, list] of this.#lists) if ((marks & (1 << bit)) !== 0) list.push(String(marks));
    }
    return String(marks);
  }

  /** The bit of what a programme names. */
  bitOf(of: Mark['of'], values: readonly string[]): number {
    const text = JSON.stringify({ of, values });
    return this.#marks.findIndex((mark) => JSON.stringify({ of: mark.of, values: mark.values }) === text);
  }

  multiplier(multiplier: Multiplier): Multiplier {
    const { when } = multiplier;
    const mark = markOf(when);
    if (!mark) return multiplier;
    const list = this.#listOf(this.bitOf(mark.of, mark.values));
    return { ...multiplier, when: when.kind === 'channel' ? { kind: 'channel', channels: list } : { kind: 'category', categories: list } };
  }

  #listOf(bit: number): string[] {
    const list = this.#lists.get(bit) ?? [...this.#known].filter((marks) => (marks & (1 << bit)) !== 0).map(String);
    this.#lists.set(bit, list);
    return list;
  }
}
