import { describe, expect, it } from 'vitest';
import { assortment } from './assortment.ts';
import { associations, fen, shelfByName, shelves } from './catalogue.ts';
import { channelMix, channels } from './channels.ts';
import { Random } from './random.ts';
import { regions } from './regions.ts';

const products = shelves.flatMap((shelf) => shelf.products);

describe('the assortment', () => {
  it('has 120 products in 12 categories under 4 parents, all with their own id and name', () => {
    expect(products).toHaveLength(120);
    expect(new Set(products.map(({ record }) => record.productId)).size).toBe(120);
    expect(new Set(products.map(({ record }) => record.name)).size).toBe(120);
    expect(new Set(assortment.map(({ name }) => name)).size).toBe(12);
    expect(new Set(assortment.map(({ parent }) => parent)).size).toBe(4);
  });

  it('is priced in whole fen above nothing', () => {
    for (const { record, priceFen } of products) {
      expect(record.listPrice).toBeGreaterThan(0n);
      expect(BigInt(priceFen) * fen).toBe(record.listPrice);
    }
  });

  it('associates categories that exist', () => {
    for (const { from, to, chance } of associations) {
      expect(shelfByName.has(from) && shelfByName.has(to) && from !== to).toBe(true);
      expect(chance > 0 && chance < 1).toBe(true);
    }
  });

  it('sells dearer products to greater purchasing power', () => {
    for (const { products: onShelf, choice } of shelves) {
      const means = choice.map((table) => {
        const random = new Random(11);
        let sum = 0;
        for (let n = 0; n < 4_000; n++) sum += onShelf[table.draw(random)].priceFen;
        return sum / 4_000;
      });
      expect(means[0]).toBeLessThan(means[1]);
      expect(means[1]).toBeLessThan(means[2]);
    }
  });
});

describe('channels and regions', () => {
  it('have shares that add up, and a mix for the whole history', () => {
    const sum = (of: 'shareFrom' | 'shareTo') => channels.reduce((all, one) => all + one[of], 0);
    expect(sum('shareFrom')).toBeCloseTo(1, 9);
    expect(sum('shareTo')).toBeCloseTo(1, 9);
    expect(channelMix(0)).not.toBe(channelMix(1));
  });

  it('are the 31 provinces with the residents counted in 2020', () => {
    expect(new Set(regions.map(([province]) => province)).size).toBe(31);
    const residents = regions.reduce((all, [, millions]) => all + millions, 0);
    expect(residents).toBeGreaterThan(1_400);
    expect(residents).toBeLessThan(1_415);
    expect(regions.every(([, , cities]) => cities.length > 0)).toBe(true);
  });
});
