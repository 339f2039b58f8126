import { registerUserTab } from '../../customers/contract.ts';
import type { NavigationEntry, PageDefinition } from '../../../web/router/page.ts';

export const pages: PageDefinition[] = [
  { path: '/orders', permission: 'commerce.read', component: () => import('./orders/orders-page.tsx') },
  { path: '/orders/$orderKey', permission: 'commerce.read', component: () => import('./orders/order-page.tsx') },
  { path: '/products', permission: 'commerce.read', component: () => import('./products/products-page.tsx') },
  { path: '/products/$productId', permission: 'commerce.read', component: () => import('./products/product-page.tsx') },
];

export const navigation: NavigationEntry[] = [
  { section: 'users', to: '/orders', label: 'commerce:navigation.orders', permission: 'commerce.read', order: 40 },
  { section: 'users', to: '/products', label: 'commerce:navigation.products', permission: 'commerce.read', order: 50 },
];

registerUserTab({ key: 'orders', label: 'commerce:navigation.orders', permission: 'commerce.read', component: () => import('./person/orders-tab.tsx') });
