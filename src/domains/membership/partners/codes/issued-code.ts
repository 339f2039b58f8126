import { randomBytes } from 'node:crypto';

/** Crockford's base 32: no I, L, O or U, which are taken for other characters or make words. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const dataLength = 15;
const groupLength = 4;

/** Powers of a root of x^5 + x^2 + 1, which go through all of GF(32) but 0: the weight of a place. */
const weights = ((): number[] => {
  const powers = [1];
  while (powers.length <= dataLength) {
    const next = (powers[powers.length - 1] ?? 0) << 1;
    powers.push(next & 32 ? next ^ 0b100101 : next);
  }
  return powers;
})();

function times(a: number, b: number): number {
  let product = 0;
  for (let bit = 0; bit < 5; bit++) {
    if ((b >> bit) & 1) product ^= a << bit;
  }
  for (let bit = 9; bit > 4; bit--) {
    if ((product >> bit) & 1) product ^= 0b100101 << (bit - 5);
  }
  return product;
}

/** The weighted sum of characters in GF(32): 0 for a code that was typed as it was made. */
const sumOf = (values: readonly number[]): number => values.reduce((sum, value, place) => sum ^ times(value, weights[place + 1] ?? 1), 0);

/**
 * A code that nobody guesses: 75 random bits and a check character, in groups of four. The check is one symbol of a Reed–Solomon code
 * over GF(32) (Reed and Solomon, Polynomial Codes over Certain Finite Fields, 1960): one wrong character, and any two that changed places, are found.
 */
export function issueCode(random: (length: number) => Uint8Array = randomBytes): string {
  const data = [...random(dataLength)].map((byte) => byte & 31);
  // The check stands first, where its weight is 1.
  return grouped([sumOf(data), ...data]);
}

const grouped = (values: readonly number[]): string =>
  values.map((value, place) => (place > 0 && place % groupLength === 0 ? '-' : '') + (alphabet[value] ?? '')).join('');

/** A code as somebody types it, in its one form; null where it cannot be one of ours. What looks like another character is taken for it. */
export function readIssuedCode(typed: string): string | null {
  const plain = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  const [check, ...data] = [...plain].map((character) => alphabet.indexOf(character));
  if (data.length !== dataLength || check === undefined || check < 0 || data.some((value) => value < 0)) return null;
  return sumOf(data) === check ? grouped([check, ...data]) : null;
}
