/** `930` is half past nine: three digits, which no format of a date library takes apart. Null for anything else, or where it is no time. */
export function timeOfDigits(typed: string): string | null {
  const found = /^(\d)([0-5]\d)$/.exec(typed.trim().normalize('NFKC'));
  return found ? `0${found[1]}:${found[2]}` : null;
}
