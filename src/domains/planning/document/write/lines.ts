import LineBreaker from 'linebreak';
import { base, lettersOf, runsOf } from './fonts.ts';

type Pdf = PDFKit.PDFDocument;

export interface LetterLooks {
  size: number;
  isBold?: boolean;
}

/** How far over their line the letters of the base stand, in parts of their size. */
const ascent = 1.16;

const fontOf = (pdf: Pdf, { plain, bold }: { plain: string; bold: string }, { size, isBold }: LetterLooks): Pdf => pdf.font(isBold ? bold : plain).fontSize(size);

/** How high a line of it is, whatever fonts stand in it. */
export const lineHeight = (pdf: Pdf, looks: LetterLooks): number => fontOf(pdf, base, looks).currentLineHeight(true);

const widthOf = (pdf: Pdf, text: string, looks: LetterLooks): number => runsOf(text).reduce((sum, run) => sum + fontOf(pdf, run.family, looks).widthOfString(run.text), 0);

/** What may not be parted, with whether the line ends after it. */
function* wordsOf(text: string): Generator<{ word: string; isLast: boolean }> {
  const breaker = new LineBreaker(text);
  let from = 0;
  for (let at = breaker.nextBreak(); at !== null; at = breaker.nextBreak()) {
    yield { word: text.slice(from, at.position).replace(/\n+$/, ''), isLast: at.required };
    from = at.position;
  }
}

/** A text in lines of a width; a word that is wider goes on in the next line, never within a letter. */
export function linesOf(pdf: Pdf, text: string, looks: LetterLooks & { width: number }): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  const end = (): void => {
    lines.push(line.trimEnd());
    line = '';
    used = 0;
  };
  const add = (part: string): void => {
    if (line !== '' && used + widthOf(pdf, part.trimEnd(), looks) > looks.width) end();
    line += part;
    used += widthOf(pdf, part, looks);
  };
  for (const { word, isLast } of wordsOf(text)) {
    if (widthOf(pdf, word.trimEnd(), looks) <= looks.width) add(word);
    else for (const letter of lettersOf(word)) add(letter);
    if (isLast) end();
  }
  if (line !== '' || lines.length === 0) end();
  return lines;
}

/** Writes a line at a place; every font of it stands on the line of the first. */
export function writeLine(pdf: Pdf, line: string, { x, y, width, isRight = false, ...looks }: LetterLooks & { x: number; y: number; width: number; isRight?: boolean }): void {
  let at = isRight ? x + width - widthOf(pdf, line, looks) : x;
  for (const { text, family } of runsOf(line)) {
    const font = fontOf(pdf, family, looks);
    // As a whole, not word by word: words that are read from the right stand from the right.
    font.text(text, at, y + ascent * looks.size, { lineBreak: false, baseline: 'alphabetic', ...(family === base ? {} : { features: [] }) });
    at += font.widthOfString(text);
  }
}
