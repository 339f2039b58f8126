import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import readExcel from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { sheetNames } from './cell-text.ts';
import { moneyFormat } from './styles.ts';
import {
  workbookBytes,
  type WorkbookSheet,
  writeWorkbook,
} from './workbook.ts';
import { zipArchive } from './zip.ts';

/** The files of an archive, found by its directory and unpacked by hand. */
function unzip(archive: Buffer): Map<string, string> {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  const files = new Map<string, string>();
  let at = archive.readUInt32LE(end + 16);
  for (let i = 0; i < archive.readUInt16LE(end + 10); i++) {
    const [packed, nameLength, local] = [
      archive.readUInt32LE(at + 20),
      archive.readUInt16LE(at + 28),
      archive.readUInt32LE(at + 42),
    ];
    const start = local + 30 + archive.readUInt16LE(local + 26);
    files.set(
      archive.toString('utf8', at + 46, at + 46 + nameLength),
      inflateRawSync(archive.subarray(start, start + packed)).toString('utf8'),
    );
    at += 46 + nameLength;
  }
  return files;
}

const sales: WorkbookSheet = {
  title: '按品类',
  columns: [
    { title: '品类', format: 'text' },
    { title: '销售额', format: 'money' },
    { title: '订单数', format: 'count' },
    { title: '占比', format: 'percent' },
    { title: '最近一单', format: 'day' },
    { title: '件数', format: 'quantity' },
  ],
  totals: ['合计', '9747747.934', 12, 1, null, '3.25'],
  rows: [
    ['绿茶', '-12.5', 3, 0.125, '2026-06-18', '1.5'],
    ['=HYPERLINK("http://evil.test","x")', '0', 0, null, null, null],
  ],
};

describe('a workbook', () => {
  it('reads back as what went in: numbers as numbers, days as days, empty as empty', async () => {
    const [sheet] = await readExcel(await workbookBytes([sales], 'CNY'));
    expect(sheet.sheet).toBe('按品类');
    expect(sheet.data).toEqual([
      ['品类', '销售额', '订单数', '占比', '最近一单', '件数'],
      ['合计', 9747747.934, 12, 1, null, 3.25],
      ['绿茶', -12.5, 3, 0.125, new Date('2026-06-18T00:00:00Z'), 1.5],
      ['=HYPERLINK("http://evil.test","x")', 0, 0, null, null, null],
    ]);
  });

  it('has no formula in it, whatever a text begins with, and texts are marked as texts', async () => {
    const evil = [
      '=1+1',
      '+1+1',
      '-1+1',
      '@SUM(A1)',
      '\t=1',
      "'=1",
      "=cmd|' /C calc'!A0",
      '＝1+1',
    ];
    const archive = await workbookBytes(
      [
        {
          title: 'x',
          columns: [
            { title: '=1', format: 'text' },
            { title: 'n', format: 'money' },
          ],
          rows: evil.map((text) => [text, text]),
        },
      ],
      'CNY',
    );
    const text = unzip(archive).get('xl/worksheets/sheet1.xml') ?? '';
    expect(text).not.toMatch(/<f[ >]/);
    expect(text.match(/t="inlineStr"/g)).toHaveLength(2 + evil.length * 2);
    const [{ data }] = await readExcel(archive, { trim: false });
    expect(data.slice(1)).toEqual(evil.map((each) => [each, each]));
    const styles = unzip(archive).get('xl/styles.xml') ?? '';
    for (const style of new Set(
      [...text.matchAll(/s="(\d+)" t="inlineStr"/g)].map(([, s]) => Number(s)),
    )) {
      expect(
        [...styles.split('<cellXfs')[1].matchAll(/<xf [^>]*>/g)][style][0],
      ).toContain('quotePrefix="1"');
    }
  });

  it('holds any text exactly, but for what XML cannot hold', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }), {
          minLength: 1,
          maxLength: 8,
        }),
        async (texts) => {
          const sound = texts.map(
            (text) => `·${text.replaceAll('\r', ' ')}_x0041_·`,
          );
          const [{ data }] = await readExcel(
            await workbookBytes(
              [
                {
                  title: 'x',
                  columns: [{ title: 'x', format: 'text' }],
                  rows: sound.map((text) => [text]),
                },
              ],
              'CNY',
            ),
            { trim: false },
          );
          const possible = (text: string): string =>
            text
              .toWellFormed()
              .replace(
                /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g,
                '\ufffd',
              );
          expect(
            data
              .slice(1)
              .map(([cell]) => String(cell).replaceAll('_x005F_', '_')),
          ).toEqual(sound.map(possible));
        },
      ),
      { numRuns: 30 },
    );
  });

  it('keeps its headings and totals in sight, and its columns wide enough', async () => {
    const text =
      unzip(await workbookBytes([sales], 'CNY')).get(
        'xl/worksheets/sheet1.xml',
      ) ?? '';
    expect(text).toContain(
      'ySplit="2" topLeftCell="B3" activePane="bottomRight" state="frozen"',
    );
    expect(text).toContain('<col min="2" max="2" width="16" customWidth="1"/>');
    expect(text).toContain('<autoFilter ref="A1:F4"/>');
  });

  it('writes money as its currency does', () => {
    expect(['CNY', 'JPY', 'USD', 'KWD'].map(moneyFormat)).toEqual([
      '"¥"#,##0.00',
      '"¥"#,##0',
      '"$"#,##0.00',
      '"KWD"#,##0.000',
    ]);
  });

  it('names its sheets as spreadsheets take names, and no two alike', () => {
    const long =
      '按地区与渠道与品类与品牌与商品与日与周与月与用户与会员等级的销售额';
    const names = sheetNames([
      '按品类',
      '按品类',
      'a/b:c*[d]?\\',
      "'quoted'",
      '',
      'History',
      long,
      long,
    ]);
    expect(names.slice(0, 6)).toEqual([
      '按品类',
      '按品类 (2)',
      'a b c  d',
      'quoted',
      'Sheet',
      'History (2)',
    ]);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name.length).toBeLessThanOrEqual(31);
  });

  it('is written while its rows come: a hundred thousand of them are never held together', async () => {
    let ahead = 0;
    let most = 0;
    const rows = function* () {
      for (let i = 0; i < 100_000; i++) {
        ahead += 1;
        most = Math.max(most, ahead);
        yield [`商品 ${i} ${Math.sin(i)}`, String(i)];
      }
    };
    let bytes = 0;
    for await (const chunk of writeWorkbook(
      [
        {
          title: 'x',
          columns: [
            { title: 'a', format: 'text' },
            { title: 'b', format: 'money' },
          ],
          rows: rows(),
        },
      ],
      'CNY',
    )) {
      bytes += chunk.length;
      ahead = 0;
    }
    expect(bytes).toBeGreaterThan(1_000_000);
    expect(most).toBeLessThan(20_000);
  });

  it('breaks off where its rows do, and refuses a text that no cell holds', async () => {
    const failing = (async function* () {
      yield ['a'];
      throw new Error('the engine is gone');
    })();
    await expect(
      workbookBytes(
        [
          {
            title: 'x',
            columns: [{ title: 'x', format: 'text' }],
            rows: failing,
          },
        ],
        'CNY',
      ),
    ).rejects.toThrow('the engine is gone');
    await expect(
      workbookBytes(
        [
          {
            title: 'x',
            columns: [{ title: 'x', format: 'text' }],
            rows: [['x'.repeat(32_768)]],
          },
        ],
        'CNY',
      ),
    ).rejects.toThrow('characters at most');
  });

  it('is an archive of any files', async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of zipArchive([
      { name: '空', content: [] },
      { name: 'b/c', content: ['one ', 'two'] },
    ]))
      chunks.push(chunk);
    expect(unzip(Buffer.concat(chunks))).toEqual(
      new Map([
        ['空', ''],
        ['b/c', 'one two'],
      ]),
    );
  });
});
