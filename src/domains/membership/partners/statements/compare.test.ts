import { describe, expect, it } from 'vitest';
import { compareLines } from './compare.ts';
import { readTheirFile } from './read-their-file.ts';

const june = { from: '2026-06-01', to: '2026-06-30' };

describe('a comparison', () => {
  it('puts each benefit beside one line of theirs, and adds up', () => {
    const our = (grantNo: number, amount: bigint) => ({ grantNo, amount, on: '2026-06-01' });
    const their = (grantNo: number | null, amount: bigint, text = 'x') => ({
      grantNo,
      amount,
      text,
      on: null,
    });
    const { matched, matchedAmount, differences } = compareLines(
      [our(1, 5n), our(2, 5n), our(3, 5n)],
      [their(1, 5n), their(1, 5n), their(2, 6n), their(null, 7n), their(9, 5n)],
    );
    expect([matched, matchedAmount]).toEqual([1, 5n]);
    expect(
      differences.map(({ kind, grantNo, ourAmount, theirAmount }) => [
        kind,
        grantNo,
        ourAmount,
        theirAmount,
      ]),
    ).toEqual([
      ['only_theirs', 1, null, 5n],
      ['amounts_differ', 2, 5n, 6n],
      ['only_theirs', null, null, 7n],
      ['only_theirs', 9, null, 5n],
      ['only_ours', 3, 5n, null],
    ]);
    expect(compareLines([], [])).toEqual({ matched: 0, matchedAmount: 0n, differences: [] });
  });

  it('reads amounts and days as people write them, and no others', () => {
    const read = (amount: string, date = '') => {
      const {
        lines: [line],
        bad,
      } = readTheirFile(`code;amount;date\nA1;"${amount}";${date}`, {
        from: '2026-01-01',
        to: '2026-12-31',
      });
      return line ? [line.amount, line.on] : bad[0].why;
    };
    expect(read('１２．５元', '2026年6月1日')).toEqual([125_000n, '2026-06-01']);
    expect(read('CNY 1,234.5678', '20260601')).toEqual([12_345_678n, '2026-06-01']);
    expect(read('-3', '2026.06.01 08:00')).toEqual([-30_000n, '2026-06-01']);
    expect([
      read('1e3'),
      read('NaN'),
      read(''),
      read('1', '06/01/2026'),
      read('1', '2026-02-30'),
    ]).toEqual(['no_amount', 'no_amount', 'no_amount', 'bad_date', 'bad_date']);
    expect(() => readTheirFile('', june)).toThrow('partner_statement_columns');
    expect(() => readTheirFile(`code,amount\n${'A,1\n'.repeat(100_001)}`, june)).toThrow(
      'partner_statement_too_long',
    );
  });
});
