import * as access from '../domains/access/web/pages.tsx';
import * as audiences from '../domains/audiences/web/pages.tsx';
import * as campaigns from '../domains/campaigns/web/pages.tsx';
import * as collect from '../domains/collect/web/pages.tsx';
import * as commerce from '../domains/commerce/web/pages.tsx';
import * as customers from '../domains/customers/web/pages.tsx';
import * as insights from '../domains/insights/web/pages.tsx';
import * as membership from '../domains/membership/web/pages.tsx';
import * as messaging from '../domains/messaging/web/pages.tsx';
import * as planning from '../domains/planning/web/pages.tsx';
import type { NavigationEntry, PageDefinition } from './router/page.ts';

/** Every page of the product. A domain with pages adds its line here and in `navigation`. */
export const pages: PageDefinition[] = [...access.pages, ...customers.pages, ...commerce.pages, ...collect.pages, ...audiences.pages, ...insights.pages, ...membership.pages, ...messaging.pages, ...campaigns.pages, ...planning.pages];

/** Every line of the menu; the shell orders them and hides what a person may not open. */
export const navigation: NavigationEntry[] = [...access.navigation, ...customers.navigation, ...commerce.navigation, ...collect.navigation, ...audiences.navigation, ...insights.navigation, ...membership.navigation, ...messaging.navigation, ...campaigns.navigation, ...planning.navigation];
