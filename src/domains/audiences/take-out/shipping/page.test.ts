import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { decodeBitmap } from '../../../../kernel/bitmap/portable-read.ts';
import { bitmapPage, nextPage, type Page } from './page.ts';
import type { PeopleText } from './people-text.ts';
import type { Progress } from './shipment.ts';

const plain: PeopleText = { contentType: 'text/plain', head: 'head\n', lines: async (customerNos) => customerNos.map((no) => `${no}\n`).join('') };
const start: Progress = { leg: 'entered', pageNo: 0, afterNo: 0, untilNo: null, upload: null, sent: 0, status: null };
const sparse = fc.uniqueArray(fc.integer({ min: 1, max: 4_294_967_295 }), { maxLength: 60 }).map((numbers) => Bitmap.of(numbers));
const dense = fc.tuple(fc.integer({ min: 1, max: 70_000 }), fc.integer({ min: 0, max: 3_500 })).map(([from, count]) => Bitmap.range(from, from + count));

async function allPages(members: Bitmap, leastBytes: number): Promise<Page[]> {
  const pages: Page[] = [];
  for (let progress = start; ;) {
    const page = await nextPage(plain, members, progress, leastBytes);
    pages.push(page);
    if (page.isLast) return pages;
    progress = { ...progress, pageNo: progress.pageNo + 1, afterNo: page.untilNo };
  }
}

describe('pages', () => {
  it('hold everybody once, in the order of their numbers, behind one head', async () => {
    await fc.assert(fc.asyncProperty(fc.oneof(sparse, dense), fc.integer({ min: 1, max: 20_000 }), async (members, leastBytes) => {
      const pages = await allPages(members, leastBytes);
      expect(Buffer.concat(pages.map((page) => page.body)).toString()).toBe(`head\n${[...members].map((no) => `${no}\n`).join('')}`);
      expect(pages.reduce((sum, page) => sum + page.people, 0)).toBe(members.size);
    }), { numRuns: 60 });
  });

  it('are as large as is wanted, but for the last', async () => {
    const pages = await allPages(Bitmap.range(100_000, 150_000), 70_000);
    expect(pages.slice(0, -1).every(({ body }) => body.length >= 70_000 && body.length < 77_010)).toBe(true);
    expect(pages).toHaveLength(5);
  });

  it('are the same again when they are sent again, whatever came after them meanwhile', async () => {
    await fc.assert(fc.asyncProperty(dense, fc.integer({ min: 1, max: 9_000 }), async (members, leastBytes) => {
      const first = await nextPage(plain, members, start, leastBytes);
      const again = await nextPage(plain, members, { ...start, untilNo: first.untilNo }, 1);
      expect([again.body.equals(first.body), again.untilNo, again.isLast]).toEqual([true, first.untilNo, first.isLast]);
    }), { numRuns: 40 });
  });

  it('that are sent again leave out who was erased, and nobody moves from one page to another', async () => {
    const members = Bitmap.range(1, 3_001);
    const first = await nextPage(plain, members, start, 1);
    const erased = members.andNot(Bitmap.of([5, 1_000, 1_001]));
    const again = await nextPage(plain, erased, { ...start, untilNo: first.untilNo }, 1);
    const second = await nextPage(plain, erased, { ...start, pageNo: 1, afterNo: again.untilNo }, 1);
    expect([first.people, again.people, again.untilNo]).toEqual([1_000, 998, 1_000]);
    expect([second.people, second.body.toString().split('\n')[0]]).toEqual([1_000, '1002']);
  });

  it('of nobody are one, and the last', async () => {
    expect(await nextPage(plain, Bitmap.empty, start, 1)).toMatchObject({ people: 0, untilNo: 0, isLast: true, body: Buffer.from('head\n') });
  });

  it('of a bitmap are one, however many people there are', () => {
    const page = bitmapPage(Bitmap.range(1, 10_000_001));
    expect([page.people, page.isLast, page.untilNo, page.body.length < 2 ** 21]).toEqual([10_000_000, true, 10_000_000, true]);
    expect(decodeBitmap(page.body).size).toBe(10_000_000);
    expect(bitmapPage(Bitmap.empty)).toMatchObject({ people: 0, untilNo: 0 });
  });
});
