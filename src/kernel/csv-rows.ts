/** A row of a CSV file and the line it begins on. */
export interface CsvRow {
  line: number;
  cells: string[];
}

/** What parts cells, as far as the first line tells. */
function separatorOf(text: string): string {
  const first = /^[^\r\n]*/.exec(text)?.[0] ?? '';
  return [',', ';', '\t'].reduce((best, each) => (first.split(each).length > first.split(best).length ? each : best));
}

/**
 * Rows of a small CSV file (RFC 4180) that is in memory: quotes, quotes within, line ends within quotes; cells parted by commas, semicolons or
 * tabs. Rows without anything in them are left out. A quote that is never closed ends with the file.
 */
export function* csvRows(given: string): Generator<CsvRow> {
  const text = given.replace(/^\uFEFF/, '');
  const separator = separatorOf(text);
  let [line, begins, cell, quoted, wasQuoted] = [1, 1, '', false, false];
  let cells: string[] = [];
  const endCell = (): void => {
    cells.push(wasQuoted ? cell : cell.trim());
    [cell, wasQuoted] = ['', false];
  };
  for (let at = 0; at <= text.length; at++) {
    const character = text[at];
    const isEnd = character === undefined;
    if (character === '\n' || (character === '\r' && text[at + 1] !== '\n')) line++;
    if (quoted && !isEnd) {
      if (character !== '"') cell += character;
      else if (text[at + 1] === '"') cell += text[++at];
      else quoted = false;
    } else if (character === '"' && cell.trim() === '') {
      [quoted, wasQuoted, cell] = [true, true, ''];
    } else if (isEnd || character === '\n' || character === '\r') {
      endCell();
      if (cells.some((each) => each !== '')) yield { line: begins, cells };
      [cells, begins] = [[], line];
    } else if (character === separator) endCell();
    else cell += character;
  }
}
