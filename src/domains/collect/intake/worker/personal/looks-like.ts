/** What a text may look like that should not stand in a fact. */
export type LooksLike = 'phone' | 'email' | 'identity_number';

/** Nothing personal is found in a text that has neither of these; most texts have not. */
const worthALook = /@|\d{11}|\d[\d -]{11}/;
const email = /[^\s@<>"',;]{1,64}@[^\s@<>"',;/?&]{1,190}\.[a-z]{2,}/i;
const mobile = /(?<![\d.])(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}(?![\d.])/;
const identityNumber = /(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dXx])/;

/** Whether a value looks like a mail address, a Chinese mobile number or an identity number, alone or inside a text. */
export function looksLike(value: string | number): LooksLike | null {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 13_000_000_000 && value < 20_000_000_000 ? 'phone' : null;
  if (!worthALook.test(value)) return null;
  if (email.test(value)) return 'email';
  const number = identityNumber.exec(value);
  if (number && hasCheckDigit(number[0])) return 'identity_number';
  return mobile.test(value) ? 'phone' : null;
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** The last character of an identity number follows from the others (GB 11643-1999). */
function hasCheckDigit(number: string): boolean {
  const sum = weights.reduce((total, weight, i) => total + weight * Number(number[i]), 0);
  return '10X98765432'[sum % 11] === number[17].toUpperCase();
}
