import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine, harmlessCell } from './csv.ts';

describe('a line of a CSV file', () => {
  it('quotes what needs it and leaves empty what is nothing', () => {
    expect(csvLine(['白茶', 'a,b', 'say "yes"', 'two\nlines', 3, null])).toBe('白茶,"a,b","say ""yes""","two\nlines",3,\r\n');
  });

  it.each(['=1+1', '+cmd', '+86-138', '+86+1', '++86', '+86*(1)', '+86 138 0013 8000', '＋8613800138000', '+1e5', '-cmd|calc', '@SUM(A1)', '＝1', ' =1', '\t=1', '\r=1', '|x', '%0A'])('shows %j instead of computing it', (text) => {
    expect(harmlessCell(text)).toBe(`'${text}`);
  });

  it('leaves numbers alone, negative ones and phones in E.164 too', () => {
    fc.assert(fc.property(fc.constantFrom('', '-', '+'), fc.nat(), fc.nat(), (sign, whole, part) => {
      for (const text of [`${sign}${whole}`, `${sign}${whole}.${part}`]) expect(harmlessCell(text)).toBe(text);
    }));
    expect(csvLine(['+8613800138000'])).toBe('+8613800138000\r\n');
  });
});
