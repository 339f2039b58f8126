import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { cellName, readFirstSheet, UnreadableWorkbook } from './read-workbook.ts';
import { workbookBytes } from './workbook.ts';
import { zipArchive } from './zip.ts';

const sheet = {
  title: '预算',
  columns: [
    { title: '名称', format: 'text' as const },
    { title: '上限', format: 'money' as const },
    { title: '开始', format: 'day' as const },
  ],
  rows: [
    ['短信 📱', '9747747.9341', '2026-06-18'],
    ['=1+1', '-0.1', null],
  ],
};

/** The workbook with one of its parts written otherwise. */
async function altered(name: string, change: (text: string) => string): Promise<Buffer> {
  const { inflateRawSync } = await import('node:zlib');
  const archive = await workbookBytes([sheet], 'CNY');
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  const entries: { name: string; content: string[] }[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let i = 0; i < archive.readUInt16LE(end + 10); i++) {
    const [packed, length, local] = [archive.readUInt32LE(at + 20), archive.readUInt16LE(at + 28), archive.readUInt32LE(at + 42)];
    const part = archive.toString('utf8', at + 46, at + 46 + length);
    const start = local + 30 + archive.readUInt16LE(local + 26);
    const text = inflateRawSync(archive.subarray(start, start + packed)).toString('utf8');
    entries.push({ name: part, content: [part === name ? change(text) : text] });
    at += 46 + length;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of zipArchive(entries)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('a workbook that is read', () => {
  it('gives back what was written: every decimal of a number, days as days, text as text', async () => {
    const { title, rows, merged } = await readFirstSheet(await workbookBytes([sheet], 'CNY'));
    expect([title, merged]).toEqual(['预算', []]);
    expect(rows).toEqual([
      ['名称', '上限', '开始'],
      ['短信 📱', { number: '9747747.9341' }, new Date('2026-06-18T00:00:00Z')],
      ['=1+1', { number: '-0.1' }, null],
    ]);
  });

  it('tells which cells are merged, of the sheet that stands first', async () => {
    const bytes = await altered('xl/worksheets/sheet1.xml', (text) =>
      text.replace('</sheetData>', '</sheetData><mergeCells count="2"><mergeCell ref="A2:A3"/><mergeCell ref="B1:C1"/></mergeCells>'),
    );
    expect((await readFirstSheet(bytes)).merged).toEqual(['A2:A3', 'B1:C1']);
  });

  it('is refused where it is none, is cut short, or unpacks to more than anybody wrote', async () => {
    const whole = await workbookBytes([sheet], 'CNY');
    const refused = async (bytes: Buffer): Promise<void> => {
      await expect(readFirstSheet(bytes)).rejects.toBeInstanceOf(UnreadableWorkbook);
    };
    await refused(Buffer.from('name,cap\nSMS,100'));
    await refused(whole.subarray(0, whole.length - 30));
    await refused(Buffer.alloc(0));
    const bomb = await altered('xl/worksheets/sheet1.xml', () => ' '.repeat(40_000_000));
    expect(bomb.length).toBeLessThan(200_000);
    await refused(bomb);
    // Noise where the directory says there is a part.
    const broken = Buffer.from(whole);
    deflateRawSync(Buffer.alloc(100)).copy(broken, 60);
    await refused(broken);
  });

  it('names cells as a spreadsheet does', () => {
    expect([cellName(0, 0), cellName(25, 1), cellName(26, 9), cellName(701, 0), cellName(702, 0)]).toEqual(['A1', 'Z2', 'AA10', 'ZZ1', 'AAA1']);
  });
});
