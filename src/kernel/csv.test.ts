import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine, harmlessCell } from './csv.ts';

describe('a line of a CSV file', () => {
  it('quotes what needs it and leaves empty what is nothing', () => {
    expect(csvLine(['白茶', 'a,b', 'say "yes"', 'two\nlines', 3, null])).toBe('白茶,"a,b","say ""yes""","two\nlines",3,\r\n');
  });

  it.each(['=1+1', '+cmd', '-cmd|calc', '@SUM(A1)', '＝1', ' =1', '\t=1', '\r=1', '|x', '%0A'])('shows %j instead of computing it', (text) => {
    expect(harmlessCell(text)).toBe(`'${text}`);
  });

  it('leaves numbers alone, negative ones too', () => {
    fc.assert(fc.property(fc.integer(), fc.nat(), (whole, part) => {
      expect(harmlessCell(`${whole}.${part}`)).toBe(`${whole}.${part}`);
    }));
  });
});
