import { parseDecimal } from '../../../kernel/decimal.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Cart } from '../contract/quote.ts';
import type { Layer, ListedLine } from './rules/layers.ts';
import { halfUp, type Units, unitsOf } from './rules/money.ts';

/** A line of a cart: what was bought of what, and for how much. Quantities are ten-thousandths. */
export interface CartLine extends ListedLine {
  productId: string;
  category: string;
  quantity: bigint;
  /** Of one, in ten-thousandths. */
  listPrice: bigint;
}

const tenThousand = 10_000n;
/** What was checked to be a decimal when the request came in. */
export const exact = (text: string): bigint => parseDecimal(text) ?? 0n;

/** What lines of so many come to at a price, half of the smallest unit upwards. */
export const lineAmount = (quantity: bigint, price: bigint, unit: bigint): Units => halfUp(quantity * price, tenThousand * unit);

export function readLines({ lines }: Pick<Cart, 'lines'>, unit: bigint): CartLine[] {
  return lines.map(({ line: key, productId, category, quantity, listPrice, floorPrice }) => {
    const [many, price] = [exact(quantity), exact(listPrice)];
    return { key, productId, category, quantity: many, listPrice: price, list: lineAmount(many, price, unit), floor: lineAmount(many, exact(floorPrice), unit) };
  });
}

/** What the shop takes off, as it is worked out. */
export function readLayers({ layers }: Pick<Cart, 'layers'>, unit: bigint, is: { member: boolean; memberDay: boolean }): Layer[] {
  return layers.map(({ off, lines, least, name: _, kind, ...layer }, i) => {
    const refused = kind !== 'member_day' ? undefined : !is.member ? 'not_a_member' : !is.memberDay ? 'no_member_day' : undefined;
    return {
      ...layer, kind, lines: lines ?? null,
      off: 'percent' in off ? { percent: exact(off.percent) } : { amount: money(off.amount, unit, `body.layers.${i}.off.amount`) },
      least: money(least, unit, `body.layers.${i}.least`),
      ...(refused ? { refused } : {}),
    };
  });
}

/** An amount of the brand's currency; refused where it is finer than the currency is. */
export function money(text: string, unit: bigint, path: string): Units {
  const units = unitsOf(text, unit);
  if (units === null) throw new Problem('membership.finer_than_currency', { fields: [{ path, code: 'too_fine' }] });
  return units;
}
