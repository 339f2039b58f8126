import { fileURLToPath } from 'node:url';
import { openSync } from 'fontkit';

/** Two weights of one font, by their files: under a name of its own a font would be opened anew for each document, which takes ten milliseconds. */
interface Family {
  plain: string;
  bold: string;
  letters: () => ReadonlySet<number>;
}

/** Part of a text that stands in one font. */
export interface Run {
  text: string;
  family: Family;
}

const fontFile = (pack: string, name: string): string => fileURLToPath(import.meta.resolve(`@expo-google-fonts/${pack}/${name}.ttf`));

/** What letters it has is read when somebody first asks, and kept for as long as the thread lives. */
function family(pack: string, name: string, hasBold = true): Family {
  const plain = fontFile(pack, `400Regular/${name}_400Regular`);
  let letters: ReadonlySet<number> | null = null;
  return {
    plain, bold: hasBold ? fontFile(pack, `700Bold/${name}_700Bold`) : plain,
    letters: () => {
      const font = letters === null ? openSync(plain) : null;
      // A file with one font in it is no collection.
      return letters ??= new Set(font !== null && 'characterSet' in font ? font.characterSet : []);
    },
  };
}

/** It has every letter of the three languages, in GBK and in Big5. */
export const base = family('noto-sans-sc', 'NotoSansSC');
const pictures = family('noto-emoji', 'NotoEmoji');
const fromRight = family('noto-sans-arabic', 'NotoSansArabic');
/** What people are called elsewhere, and signs. The first that has a letter writes it. */
const others = [family('noto-sans', 'NotoSans'), family('nanum-gothic', 'NanumGothic'), family('noto-sans-thai', 'NotoSansThai'), fromRight, family('noto-sans-symbols-2', 'NotoSansSymbols2', false), pictures];

/** A picture by how it is written, though its first sign may be a letter of every font: 1️⃣, ©️. */
const isPicture = /^\p{RGI_Emoji}$/v;
/** They join or vary what stands before them, and have no shape of their own. */
const joiner = /^[\p{Default_Ignorable_Code_Point}\p{Emoji_Modifier}]$/u;
/** Most texts are nothing else. */
const isPlain = /^[\u0020-\u007e\u00a0-\u00ac\u00ae-\u00ff\u2013\u2014\u2018-\u201d\u2022\u2026\u3000-\u3002\u3008-\u3011\u4e00-\u9fa5\uff01\uff08-\uff0f\uff1a\uff1b\uff1f\uff5e]*$/;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
/** What a reader takes for one letter. */
export const lettersOf = (text: string): string[] => Array.from(graphemes.segment(text), ({ segment }) => segment);

const has = (each: Family, letter: string): boolean => Array.from(letter).every((sign, n) => each.letters().has(sign.codePointAt(0)!) || (n > 0 && joiner.test(sign)));

function familyOf(letter: string): Family | undefined {
  if (isPlain.test(letter)) return base;
  return isPicture.test(letter) && has(pictures, letter) ? pictures : [base, ...others].find((each) => has(each, letter));
}

/** What is invisible is left out where a font would draw a box for it; pictures are joined by it. */
const shown = (letter: string, { letters }: Family): string => Array.from(letter).filter((sign) => letters().has(sign.codePointAt(0)!) || !/\p{Default_Ignorable_Code_Point}/u.test(sign)).join('');

/** A text by the fonts that have its letters. What is read from the right is set as a whole, with the spaces in it; another font may have none. */
export function runsOf(text: string): readonly Run[] {
  if (isPlain.test(text)) return [{ text, family: base }];
  const found = parted.get(text) ?? partsOf(text);
  if (parted.size >= mostParted) parted.clear();
  parted.set(text, found);
  return found;
}

/** A word is measured several times before it is written. */
const parted = new Map<string, readonly Run[]>();
const mostParted = 2_000;

function partsOf(text: string): Run[] {
  const runs: Run[] = [];
  let spaces = '';
  const add = (more: string, to: Family): void => {
    const last = runs.at(-1);
    if (last?.family === to) last.text += more;
    else if (more !== '') runs.push({ text: more, family: to });
  };
  for (const letter of lettersOf(text)) {
    if (letter === ' ') {
      spaces += letter;
      continue;
    }
    // A letter for show that no font has (𝓗) stands as the one it means.
    const meant = familyOf(letter) ? letter : letter.normalize('NFKC');
    const to = familyOf(meant) ?? base;
    add(spaces, to === fromRight && runs.at(-1)?.family === to ? to : base);
    add(to === pictures ? meant : shown(meant, to), to);
    spaces = '';
  }
  add(spaces, base);
  return runs;
}
