import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { pages } from '../pages.ts';
import { PageSkeleton } from '../patterns/page-skeleton.tsx';
import { NotFound } from '../shell/not-found.tsx';
import { PageFailure } from '../shell/page-failure.tsx';
import { Shell } from '../shell/shell.tsx';
import { Start } from '../shell/start.tsx';
import { guarded } from '../shell/guarded.tsx';
import { readSearch, writeSearch } from './address-search.ts';
import type { PageDefinition } from './page.ts';

/** Says how its code is loaded, as the router asks of a lazy component. Who may not see the first page is led to one they may. */
function guardedPage({ path, permission, component }: PageDefinition) {
  const Page = lazyRouteComponent(component);
  return Object.assign(guarded(permission, Page, path === '/' ? Start : undefined), { preload: Page.preload });
}

const rootRoute = createRootRoute({ notFoundComponent: NotFound });
const shellRoute = createRoute({ getParentRoute: () => rootRoute, id: 'shell', component: Shell });

const publicRoutes = pages
  .filter((page) => page.public)
  .map((page) =>
    createRoute({
      getParentRoute: () => rootRoute,
      path: page.path,
      component: lazyRouteComponent(page.component),
    }),
  );

const shellRoutes = pages
  .filter((page) => !page.public)
  .map((page) =>
    createRoute({
      getParentRoute: () => shellRoute,
      path: page.path,
      component: guardedPage(page),
    }),
  );

const startRoute = createRoute({ getParentRoute: () => shellRoute, path: '/', component: Start });
const unknownRoute = createRoute({ getParentRoute: () => shellRoute, path: '$', component: NotFound });
const hasStart = pages.some((page) => page.path === '/');

/** Every page of every domain, inside the shell unless it is public. */
export const router = createRouter({
  routeTree: rootRoute.addChildren([
    ...publicRoutes,
    shellRoute.addChildren([...shellRoutes, unknownRoute, ...(hasStart ? [] : [startRoute])]),
  ]),
  parseSearch: readSearch,
  stringifySearch: writeSearch,
  defaultPendingComponent: PageSkeleton,
  defaultErrorComponent: PageFailure,
  defaultPendingMs: 150,
  defaultPreload: false,
  scrollRestoration: true,
});
