import { sendCsv } from '../../platform/http/csv-reply.ts';
import { rawRoute, route, type Route } from '../../platform/http/route.ts';
import type { Say } from '../../platform/i18n.ts';
import type { Platform } from '../../platform/platform.ts';
import { takeConsent } from './consents/service.ts';
import {
  addIdentifier, addTag, dismissDuplicate, editCustomer, eraseCustomer, exportCustomer, exportCustomers, listCustomers, listDuplicates, listTags,
  mergeCustomers, readCustomer, readCustomerFacets, readHeldData, readTimeline, recordConsent, removeIdentifier, removeTag,
  revealCustomer, searchCustomers, undoMerge,
} from './contract.ts';
import type { Copier } from './copies/copier.ts';
import { erasePerson } from './erasure/erase.ts';
import { exportPerson, readHeldCounts } from './erasure/held-data.ts';
import { giveIdentifier, takeIdentifier } from './identifiers/service.ts';
import { exportCells, exportedColumns } from './lists/export.ts';
import { listPage, readFacets } from './lists/list.ts';
import { readRows } from './lists/rows.ts';
import { dismissDuplicate as dismissDuplicatePair, listDuplicatePairs } from './merges/duplicates.ts';
import * as merges from './merges/service.ts';
import { readShownProfile, requireLineage } from './profiles/read-profile.ts';
import { editProfile, revealProfile } from './profiles/service.ts';
import type { GuardedSearch } from './search/guarded-search.ts';
import type { Sources } from './sources.ts';
import { giveTag, takeTag } from './tags/service.ts';
import { readAllTags } from './tags/store.ts';
import { readTimelinePage } from './timeline/read-timeline.ts';
import type { NameKeys } from './vault/name-key.ts';
import type { Vault } from './vault/vault.ts';

export interface RouteParts {
  platform: Platform;
  vault: Vault;
  nameKeys: NameKeys;
  search: GuardedSearch;
  sources: Sources;
  copier: Copier;
  say: Say;
}

/** What is asked about customers. */
function readingRoutes({ platform, vault, search, sources, say }: RouteParts): Route[] {
  const now = (): string => platform.clock.now().toISOString();
  return [
    route(listCustomers, async ({ query, actor }) => ({ computedAt: now(), ...(await listPage(platform, vault, search, query, actor)) })),
    route(searchCustomers, async ({ query, actor }) => {
      const found = await search(actor, query.q, query.limit);
      return { by: found.by, rows: await readRows(platform, vault, found.customerNos), hasMore: found.total > query.limit };
    }),
    rawRoute(exportCustomers, async ({ query, actor, reply }) => {
      const headings = exportedColumns.map((column) => say(actor.locale, 'customers', `people.column.${column}`));
      return sendCsv(reply, `customers-${now().slice(0, 10)}.csv`, headings, await exportCells(platform, vault, search, actor, query));
    }),
    route(readCustomerFacets, () => readFacets(platform)),
    route(listDuplicates, async ({ query }) => ({ computedAt: now(), ...(await listDuplicatePairs(platform, vault, query)) })),
    route(listTags, async () => ({ tags: await readAllTags(platform.pg) })),
    route(readCustomer, ({ params, actor: { locale } }) => readShownProfile(platform.pg, vault, sources, params.customerNo, platform.clock.now(), locale)),
    route(readTimeline, async ({ params, query }) => {
      const lineage = await requireLineage(platform.pg, params.customerNo);
      const page = await readTimelinePage(sources.timeline, lineage, query.kinds, query.cursor, query.limit);
      return { ...page, computedAt: now() };
    }),
    route(readHeldData, async ({ params }) => ({ ...(await readHeldCounts(platform, vault, sources, params.customerNo)), computedAt: now() })),
    rawRoute(exportCustomer, async ({ params, actor, reply }) => {
      const { customerNo, body } = await exportPerson(platform, vault, sources, params.customerNo, actor);
      return reply.header('content-type', 'application/json; charset=utf-8').header('cache-control', 'no-store')
        .header('content-disposition', `attachment; filename="customer-${customerNo}.json"`).send(body);
    }),
    route(revealCustomer, ({ params, actor }) => revealProfile(platform, vault, params.customerNo, actor)),
  ];
}

/** What is done to customers. Their copies follow at once; should that fail, the worker brings them up to date. */
function changingRoutes({ platform, vault, nameKeys, sources, copier }: RouteParts): Route[] {
  const andCopy = async <T>(change: Promise<T>): Promise<T> => {
    const result = await change;
    await copier.drain().catch((error: unknown) => platform.log.warn({ err: error }, 'copies of customers wait for the worker'));
    return result;
  };
  const nothing = async (change: Promise<unknown>): Promise<Record<string, never>> => {
    await andCopy(change);
    return {};
  };
  return [
    route(editCustomer, ({ params, body, actor }) => andCopy(editProfile(platform, vault, nameKeys, params.customerNo, body, actor))),
    route(addTag, ({ params, body, actor }) => andCopy(giveTag(platform, params.customerNo, body.name, actor))),
    route(removeTag, ({ params, actor }) => nothing(takeTag(platform, params.customerNo, params.tagId, actor))),
    route(addIdentifier, ({ params, body, actor }) => giveIdentifier(platform, vault, params.customerNo, body, actor)),
    route(removeIdentifier, ({ params, actor }) => nothing(takeIdentifier(platform, params.customerNo, params.identifierId, actor))),
    route(recordConsent, ({ params, body, actor }) => takeConsent(platform, params.customerNo, body, actor)),
    route(mergeCustomers, async ({ body, actor }) => ({ mergeId: await andCopy(merges.mergeCustomers(platform, body.survivorNo, body.absorbedNo, actor)) })),
    route(undoMerge, ({ params, actor }) => andCopy(merges.undoMerge(platform, params.mergeId, actor))),
    route(dismissDuplicate, ({ params, actor }) => nothing(dismissDuplicatePair(platform, params.customerNo, params.otherNo, actor))),
    route(eraseCustomer, ({ params, body, actor }) => andCopy(erasePerson(platform, vault, sources, params.customerNo, body.confirm, body.reason, actor))),
  ];
}

/** Every endpoint of this domain. */
export const customersRoutes = (parts: RouteParts): Route[] => [...readingRoutes(parts), ...changingRoutes(parts)];
