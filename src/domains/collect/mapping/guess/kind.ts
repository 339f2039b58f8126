import { identityFields } from '../fields.ts';
import type { ImportKind } from '../fields.ts';
import type { Candidate } from './candidates.ts';

/** The kind of import whose essentials the columns hold; the most demanding first. Customers, where none fits. */
export function chooseKind(fieldsFor: (kind: ImportKind) => readonly Candidate[]): ImportKind {
  const has = (kind: ImportKind) => {
    const fields = new Set<string>(fieldsFor(kind).map(({ field }) => field));
    return (...names: readonly string[]) => names.some((name) => fields.has(name));
  };
  const order = has('order_lines');
  const bought =
    order('order_id', 'product_id') &&
    order('quantity', 'amount', 'paid_amount', 'unit_price', 'order_total');
  if (order('occurred_at', 'paid_at') && bought) return 'order_lines';
  const event = has('events');
  if (event('event_name') && event('occurred_at') && event(...identityFields)) return 'events';
  const product = has('products');
  const customer = has('customers');
  const person = customer(
    ...identityFields.filter((field) => field !== 'external_id'),
    'gender',
    'birthday',
    'created_at',
  );
  if (product('product_id') && product('product_name', 'category', 'unit_price') && !person)
    return 'products';
  return 'customers';
}
