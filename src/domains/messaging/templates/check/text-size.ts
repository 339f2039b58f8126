import { formatDecimal, parseDecimal } from '../../../../kernel/decimal.ts';
import type { TextSize } from '../../contract.ts';

/** The basic character set of GSM 03.38, and the characters of its extension, which take two places each. */
const gsm7 = new Set([..."@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"]);
const gsm7Extended = new Set([...'\f^{}\\[~]|€']);

/** How many places one part has, and each of several: their heads take some. */
const places = {
  gsm7: { one: 160, many: 153 },
  ucs2: { one: 70, many: 67 },
  /** Chinese carriers count every character as one, of whatever alphabet, signature and way out included. */
  chinese: { one: 70, many: 67 },
} as const;

/**
 * The size of a text message (3GPP TS 23.038 for the alphabets, TS 23.040 for how parts are joined). Chinese carriers do not use the
 * seven-bit alphabet: a message through them has 70 characters, and 67 a part where it is longer.
 */
export function sizeOf(text: string, isChinese: boolean, partPrice: string | null): TextSize {
  const encoding = isChinese ? 'chinese' : [...text].every((character) => gsm7.has(character) || gsm7Extended.has(character)) ? 'gsm7' : 'ucs2';
  const used = encoding === 'gsm7' ? [...text].reduce((sum, character) => sum + (gsm7Extended.has(character) ? 2 : 1), 0) : text.length;
  const { one, many } = places[encoding];
  const parts = used === 0 ? 0 : used <= one ? 1 : Math.ceil(used / many);
  const price = partPrice === null ? null : parseDecimal(partPrice);
  return { encoding, characters: used, parts, left: (parts <= 1 ? one : parts * many) - used, cost: price === null ? null : formatDecimal(price * BigInt(parts)) };
}
