/** What XML 1.0 cannot hold: control characters, halves of surrogate pairs, two non-characters. */
const impossible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
/** Spreadsheets read `_x0041_` in a text as a character (ECMA-376, 22.9.2.19). */
const readAsCharacter = /_(?=x[0-9a-f]{4}_)/gi;
const named: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** The most characters that a spreadsheet takes in one cell. */
export const longestCell = 32_767;

/** Text as it stands in an XML document. */
export const xmlText = (text: string): string => text.replace(impossible, '\ufffd').replace(/[&<>"]/g, (character) => named[character]);

/** Text of a cell: a spreadsheet shows exactly it. */
export function cellText(text: string): string {
  if (text.length > longestCell) throw new RangeError(`a cell holds ${longestCell} characters at most`);
  return xmlText(text.replace(readAsCharacter, '_x005F_'));
}

const longestName = 31;

/** Names for sheets out of titles: as a spreadsheet takes them, and no two alike. */
export function sheetNames(titles: readonly string[]): string[] {
  const taken = new Set<string>(['history']);
  return titles.map((title) => {
    const sound = title.replace(/[[\]:*?/\\\u0000-\u001f]/g, ' ').trim().replace(/^'+|'+$/g, '') || 'Sheet';
    for (let n = 1; ; n++) {
      const ending = n === 1 ? '' : ` (${n})`;
      const name = [...sound].slice(0, longestName - ending.length).join('').slice(0, longestName - ending.length).trim() + ending;
      if (taken.has(name.toLowerCase())) continue;
      taken.add(name.toLowerCase());
      return name;
    }
  });
}
