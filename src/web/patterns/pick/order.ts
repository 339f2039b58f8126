/** A list with something put before something else, or at its end; what was in it already is moved. */
export function placed<T>(list: readonly T[], item: T, before?: T): T[] {
  if (item === before) return [...list];
  const rest = list.filter((each) => each !== item);
  const at = before === undefined ? rest.length : rest.indexOf(before);
  return at < 0 ? [...rest, item] : [...rest.slice(0, at), item, ...rest.slice(at)];
}

/** A list with something moved by some places, as far as there are any. */
export function moved<T>(list: readonly T[], item: T, by: number): T[] {
  const rest = list.filter((each) => each !== item);
  const at = Math.min(Math.max(list.indexOf(item) + by, 0), rest.length);
  return [...rest.slice(0, at), item, ...rest.slice(at)];
}
