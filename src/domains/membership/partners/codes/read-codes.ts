export type BadCode = 'too_short' | 'too_long' | 'blank_inside' | 'not_plain';

/** What a file of codes holds. */
export interface ReadCodes {
  lines: number;
  codes: string[];
  repeated: number;
  /** The first lines that hold no code, and how many there are; a code is not said again. */
  bad: { line: number; why: BadCode }[];
  badCount: number;
}

const firstCell = /^\s*(?:"([^"]*)"|([^,;\t]*))/;
const shortest = 4;
const longest = 64;
const toldAtMost = 100;
/** A heading is not a bad code. */
const heading = /^(code|codes|coupon|voucher|券码|兑换码|卡密|编码|券號|券碼|兌換碼)$/i;

function faultOf(code: string): BadCode | null {
  if (/\s/.test(code)) return 'blank_inside';
  if (code.length < shortest) return 'too_short';
  if (code.length > longest) return 'too_long';
  return /^[\x21-\x7e]+$/.test(code) ? null : 'not_plain';
}

/** Codes of a file with one on each line, alone or in the first column of a CSV file. Of a file of more than `mostLines` it reads one line more. */
export function readCodes(text: string, mostLines: number): ReadCodes {
  const codes = new Set<string>();
  const bad: ReadCodes['bad'] = [];
  let [lines, badCount, number] = [0, 0, 0];
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)) {
    number++;
    const [, quoted, plain = ''] = firstCell.exec(line) ?? [];
    const code = (quoted ?? plain).trim();
    if (code === '' || (lines === 0 && heading.test(code))) continue;
    if (++lines > mostLines) break;
    const why = faultOf(code);
    if (why === null) codes.add(code);
    else if (++badCount <= toldAtMost) bad.push({ line: number, why });
  }
  return { lines, codes: [...codes], repeated: lines - badCount - codes.size, bad, badCount };
}
