/** What this domain's permissions allow: seeing orders and products, and taking them out as a file. */
export const permissions = ['commerce.read', 'commerce.export'] as const;

export { lineFilters, optionalPeriod, textList, type LineFilters } from './contract/filters.ts';
export { exportOrders, listFacets, listOrders, orderRow, readOrder, readOrdersOfCustomer, type OrderRow } from './contract/orders.ts';
export {
  exportProducts,
  listCategories,
  listProducts,
  productStatuses,
  readProduct,
  type ProductRow,
} from './contract/products.ts';
