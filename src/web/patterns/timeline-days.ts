/** Things of one day, in the order in which they came. */
export interface DayGroup<T> {
  day: string;
  items: T[];
}

/** Puts neighbours of the same day together; the order stays as given. */
export function groupByDay<T>(items: readonly T[], dayOf: (item: T) => string): DayGroup<T>[] {
  const groups: DayGroup<T>[] = [];
  for (const item of items) {
    const day = dayOf(item);
    const last = groups.at(-1);
    if (last?.day === day) last.items.push(item);
    else groups.push({ day, items: [item] });
  }
  return groups;
}
