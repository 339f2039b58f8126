import { associations, type ShelfProduct, shelfByName, shelfChoice, shelves } from './catalogue.ts';
import type { Random } from './random.ts';
import { normal, poisson } from './samplers.ts';
import type { Season } from './season.ts';

/** What a customer likes; drawn once. */
export interface Taste {
  /** Purchasing power: 0 little, 1 middling, 2 great. */
  power: 0 | 1 | 2;
  /** The shelves they go to first. */
  favourites: [number, number];
}

/** One product of a basket, in fen. */
export interface BasketItem {
  product: ShelfProduct;
  quantity: number;
  unitPriceFen: number;
}

const favouriteShare = 0.45;
const againShare = 0.3;
/** Mean number of products beyond the first, before associations. */
const furtherProducts = 1.35;

/** A customer's taste. */
export function drawTaste(random: Random): Taste {
  const z = normal(random);
  const favourites: Taste['favourites'] = [shelfChoice.draw(random), shelfChoice.draw(random)];
  return { power: z < -0.55 ? 0 : z < 0.85 ? 1 : 2, favourites };
}

/**
 * Fills a basket of different products. `bought` holds the products that the customer has
 * bought before and uses up; what is bought now and will be used up is added to it.
 */
export function fillBasket(
  random: Random,
  taste: Taste,
  season: Season,
  bought: ShelfProduct[],
): BasketItem[] {
  const chosen = new Set<ShelfProduct>();
  const further = poisson(random, furtherProducts * (season.discount >= 0.2 ? 1.4 : 1));
  for (let n = 0; n <= further; n++) chosen.add(chooseProduct(random, taste, bought));
  const names = new Set([...chosen].map(({ category }) => category.name));
  for (const { from, to, chance } of associations) {
    if (!names.has(from) || names.has(to) || !random.chance(chance)) continue;
    const shelf = shelfByName.get(to)!;
    chosen.add(shelf.products[shelf.choice[taste.power].draw(random)]);
    names.add(to);
  }
  const items = [...chosen].map((product) => ({
    product,
    quantity: quantityOf(random, product),
    unitPriceFen: priceOf(random, product, season),
  }));
  for (const product of chosen) {
    if (product.category.consumable && bought.length < 12) bought.push(product);
  }
  return items;
}

function chooseProduct(random: Random, taste: Taste, bought: ShelfProduct[]): ShelfProduct {
  if (bought.length > 0 && random.chance(againShare)) return random.pick(bought);
  const favourite = random.chance(favouriteShare);
  const shelf = shelves[favourite ? random.pick(taste.favourites) : shelfChoice.draw(random)];
  return shelf.products[shelf.choice[taste.power].draw(random)];
}

function quantityOf(random: Random, { category }: ShelfProduct): number {
  if (!random.chance(category.consumable ? 0.22 : 0.06)) return 1;
  return random.chance(0.25) ? 3 : 2;
}

/** Most products join a promotion; otherwise one in ten is a tenth off. To ten fen. */
function priceOf(random: Random, { priceFen }: ShelfProduct, season: Season): number {
  const joins = random.chance(season.discount > 0 ? 0.8 : 0.1);
  if (!joins) return priceFen;
  return Math.round((priceFen * (1 - (season.discount || 0.1))) / 10) * 10;
}

/** The coupon on a basket's total, in fen; 0 for most. */
export function drawCoupon(random: Random, totalFen: number, season: Season): number {
  const coupon = totalFen >= 39_900 ? 5_000 : totalFen >= 19_900 ? 2_000 : 0;
  return random.chance(season.discount > 0 ? 0.6 : 0.25) ? coupon : 0;
}
