import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { fileFolder, readFile } from '../../../../test/import-files.ts';
import { decode } from './decode.ts';
import { cutOffBytes, type Encoding } from './encoding.ts';

const write = fileFolder();

const header = '订单编号,买家昵称,收货地址';
const rows = Array.from({ length: 3000 }, (_, i) => `${i},李雷${i}号,广东省深圳市南山区科技园路${i}号😀`);
const text = `${header}\r\n${rows.join('\r\n')}\r\n`;
const expected = rows.map((row) => row.split(','));

describe('encodings', () => {
  it.each([
    ['UTF-8', Buffer.from(text), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`), 'utf-8'],
    ['UTF-16 LE with a mark', iconv.encode(text, 'utf-16le', { addBOM: true }), 'utf-16le'],
    ['UTF-16 BE with a mark', iconv.encode(text, 'utf-16be', { addBOM: true }), 'utf-16be'],
    ['UTF-16 LE without a mark', iconv.encode(text, 'utf-16le', { addBOM: false }), 'utf-16le'],
    ['UTF-16 BE without a mark', iconv.encode(text, 'utf-16be', { addBOM: false }), 'utf-16be'],
    ['GB18030', iconv.encode(text, 'gb18030'), 'gb18030'],
  ])('detects %s', async (_, bytes, encoding) => {
    for (const content of [bytes, gzipSync(bytes)]) {
      const read = await readFile(write(content));
      expect(read.encoding).toBe(encoding);
      expect(read.columns).toEqual(header.split(','));
      expect(read.rows).toEqual(expected);
      expect(read.problems).toEqual([]);
    }
  });

  it('detects GB18030 by the first Chinese character, be it a megabyte into the file', async () => {
    const plain = Array.from({ length: 100_000 }, (_, i) => `${i},plain,text`).join('\n');
    const read = await readFile(write(iconv.encode(`a,b,c\n${plain}\n1,王小明,北京市朝阳区\n`, 'gb18030')));
    expect(read.encoding).toBe('gb18030');
    expect(read.rows.at(-1)).toEqual(['1', '王小明', '北京市朝阳区']);
  });

  it('converts the same wherever the pieces of a file end', async () => {
    const content = fc.string({
      unit: fc.constantFrom('a', '订', '😀', '\n', ',', 'é', '𠮷'),
      minLength: 1,
      maxLength: 40,
    });
    const encodings = fc.constantFrom<Encoding>('utf-8', 'utf-16le', 'utf-16be', 'gb18030');
    await fc.assert(
      fc.asyncProperty(
        content,
        encodings,
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        async (text, encoding, sizes) => {
          const bytes = iconv.encode(text, encoding);
          async function* pieces(): AsyncGenerator<Buffer> {
            for (let from = 0, i = 0; from < bytes.length; i++) {
              const size = sizes[i % sizes.length];
              yield bytes.subarray(from, from + size);
              from += size;
            }
          }
          const decoded: Buffer[] = [];
          for await (const chunk of decode({ chunks: pieces(), position: () => 0 }, encoding).chunks)
            decoded.push(chunk);
          expect(Buffer.concat(decoded).toString()).toBe(text);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('keeps UTF-8 for a file with a few damaged rows, and rejects those', async () => {
    const bytes = Buffer.from(text);
    bytes[bytes.indexOf('李雷7号') + 1] = 0xff;
    const read = await readFile(write(bytes));
    expect(read.encoding).toBe('utf-8');
    expect(read.problems).toEqual(['9 bad_encoding']);
    expect(read.rows).toEqual(expected.filter((_, i) => i !== 7));
    expect(read.rowNumbers[7]).toBe(10);
  });

  it('rejects rows of a GB18030 file that hold no characters of it', async () => {
    const bytes = iconv.encode(text, 'gb18030');
    bytes[bytes.indexOf(iconv.encode('李雷20号', 'gb18030')) + 1] = 0x20;
    expect((await readFile(write(bytes))).problems).toEqual(['22 bad_encoding']);
  });

  it('takes Western 8-bit text for damaged UTF-8, not for Chinese', async () => {
    const read = await readFile(write(iconv.encode('id,name\n1,Café Müller\n2,plain\n', 'win1252')));
    expect(read.encoding).toBe('utf-8');
    expect(read.rows).toEqual([['2', 'plain']]);
    expect(read.problems).toEqual(['2 bad_encoding']);
  });

  it('believes a person who names the encoding', async () => {
    const bytes = iconv.encode('名,值\n一,二\n', 'gb18030');
    expect((await readFile(write(bytes), { encoding: 'gb18030' })).rows).toEqual([['一', '二']]);
  });

  it('knows how much of a character the end of a sample cuts off', () => {
    const bytes = Buffer.from('a订😀');
    expect([1, 2, 3, 4, 5, 6, 7, 8].map((end) => cutOffBytes(bytes.subarray(0, end)))).toEqual([
      0, 1, 2, 0, 1, 2, 3, 0,
    ]);
  });
});
