/**
 * Customers who bought alike, a place a kind: how often again (`repeats`), how long after the first purchase the last
 * one was (`recency`), how long after it they are observed (`age`), and how many they are. A likelihood needs nothing else of them.
 */
export interface BuyingCells {
  repeats: Float64Array;
  recency: Float64Array;
  age: Float64Array;
  people: Float64Array;
}

/** Values that are different, and which of them stands at each place. */
export interface Distinct {
  values: number[];
  places: Int32Array;
}

export function distinctOf(values: ArrayLike<number>): Distinct {
  const known = new Map<number, number>();
  const places = Int32Array.from({ length: values.length }, (_, i) => {
    const place = known.get(values[i]) ?? known.size;
    known.set(values[i], place);
    return place;
  });
  return { values: [...known.keys()], places };
}

/** The same for pairs. */
export function distinctPairs(first: ArrayLike<number>, second: ArrayLike<number>): { pairs: [number, number][]; places: Int32Array } {
  const [one, other] = [distinctOf(first), distinctOf(second)];
  const keys = Float64Array.from(one.places, (place, i) => place * other.values.length + other.places[i]);
  const { values, places } = distinctOf(keys);
  return { pairs: values.map((key) => [one.values[Math.floor(key / other.values.length)], other.values[key % other.values.length]]), places };
}

/** Cells from rows of [repeats, recency, age, people]. */
export function cellsOf(rows: readonly (readonly [repeats: number, recency: number, age: number, people: number])[]): BuyingCells {
  const column = (at: 0 | 1 | 2 | 3): Float64Array => Float64Array.from(rows, (row) => row[at]);
  return { repeats: column(0), recency: column(1), age: column(2), people: column(3) };
}

export const peopleIn = ({ people }: BuyingCells): number => people.reduce((sum, count) => sum + count, 0);

/** The same people with times that are near each other put together, at their mean: for a rough look. */
export function coarser({ repeats, recency, age, people }: BuyingCells, span: number): BuyingCells {
  const { values, places } = distinctOf(Array.from(repeats, (often, i) => (often * 10_000 + Math.floor(recency[i] / span)) * 10_000 + Math.floor(age[i] / span)));
  const sums = { repeats: new Float64Array(values.length), recency: new Float64Array(values.length), age: new Float64Array(values.length), people: new Float64Array(values.length) };
  people.forEach((count, i) => {
    sums.people[places[i]] += count;
    sums.repeats[places[i]] = repeats[i];
    sums.recency[places[i]] += count * recency[i];
    sums.age[places[i]] += count * age[i];
  });
  return { ...sums, recency: sums.recency.map((sum, i) => sum / sums.people[i]), age: sums.age.map((sum, i) => sum / sums.people[i]) };
}
