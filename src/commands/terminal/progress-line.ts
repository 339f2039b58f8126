/** Where progress is written: a terminal shows one line that changes, a file or a pipe gets a line now and then. */
export interface ProgressLine {
  /** `share` is 0 to 1; null where it is not known. */
  show(share: number | null, text: string): void;
  /** Leaves the last state standing. */
  end(): void;
}

const barWidth = 24;
const plainEveryMs = 5_000;

/** Writes to standard error, so that standard output holds results only. */
export function createProgressLine(stream: NodeJS.WriteStream = process.stderr, now: () => number = Date.now): ProgressLine {
  let last = '';
  let plainMs = now();
  return {
    show(share, text) {
      const line = share === null ? text : `${bar(share)} ${Math.floor(share * 100)} %  ${text}`;
      if (stream.isTTY) stream.write(`\r\u001b[2K${cutTo(line, stream.columns)}`);
      else if (line !== last && now() - plainMs >= plainEveryMs) {
        stream.write(`${line}\n`);
        plainMs = now();
      }
      last = line;
    },
    end() {
      if (stream.isTTY && last !== '') stream.write('\n');
      last = '';
    },
  };
}

function bar(share: number): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * barWidth);
  return `[${'█'.repeat(full)}${'·'.repeat(barWidth - full)}]`;
}

/** A line longer than the terminal would not be overwritten. Chinese characters take two columns. */
function cutTo(line: string, columns = 80): string {
  let width = 0;
  for (const [at, character] of [...line].entries()) {
    width += character > '\u2e80' ? 2 : 1;
    if (width >= columns) return [...line].slice(0, at).join('');
  }
  return line;
}
