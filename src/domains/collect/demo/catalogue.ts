import { parseDecimal } from '../../../kernel/decimal.ts';
import { type AssortmentCategory, assortment } from './assortment.ts';
import type { DemoProduct } from './records.ts';
import { Categorical } from './samplers.ts';

/** A product with what the generator needs to sell it. */
export interface ShelfProduct {
  record: DemoProduct;
  category: AssortmentCategory;
  /** List price in fen, to reckon with whole numbers. */
  priceFen: number;
}

export interface Shelf {
  category: AssortmentCategory;
  products: ShelfProduct[];
  /** Which product is taken, for little, middling and great purchasing power. */
  choice: [Categorical, Categorical, Categorical];
}

/** A fen in ten-thousandths of a yuan. */
export const fen = 100n;

/**
 * Categories that sell together: once a basket holds a product of `from`, a product of `to`
 * joins it with this chance, on top of what falls into it independently. Over all orders the
 * lift of each is between 1.5 and 2.
 */
export const associations: readonly { from: string; to: string; chance: number }[] = [
  { from: '茶叶', to: '茶具', chance: 0.24 },
  { from: '洁面卸妆', to: '面部护理', chance: 0.34 },
  { from: '香薰蜡烛', to: '无火香薰', chance: 0.18 },
  { from: '锅具', to: '粮油调味', chance: 0.22 },
  { from: '花草茶', to: '杯壶餐具', chance: 0.22 },
];

/** Popularity falls off by rank; dear products gain and cheap ones lose with purchasing power. */
function choiceOf(products: ShelfProduct[], power: number): Categorical {
  const meanLog =
    products.reduce((sum, { priceFen }) => sum + Math.log(priceFen), 0) / products.length;
  return new Categorical(
    products.map(
      ({ priceFen }, rank) => (rank + 1) ** -0.7 * Math.exp(power * (Math.log(priceFen) - meanLog)),
    ),
  );
}

function shelfOf(category: AssortmentCategory): Shelf {
  const products = category.products.map(([brand, name, price], rank): ShelfProduct => {
    const listPrice = parseDecimal(price)!;
    const record: DemoProduct = {
      productId: `${category.code}-${String(rank + 1).padStart(3, '0')}`,
      name,
      brand,
      category: category.name,
      parentCategory: category.parent,
      listPrice,
    };
    return { record, category, priceFen: Number(listPrice / fen) };
  });
  return {
    category,
    products,
    choice: [choiceOf(products, -0.8), choiceOf(products, 0), choiceOf(products, 0.8)],
  };
}

/** The shop's products by category, in the order of the assortment. */
export const shelves: readonly Shelf[] = assortment.map(shelfOf);

/** On which shelf a basket starts. */
export const shelfChoice = new Categorical(assortment.map(({ popularity }) => popularity));

export const shelfByName: ReadonlyMap<string, Shelf> = new Map(
  shelves.map((shelf) => [shelf.category.name, shelf]),
);
