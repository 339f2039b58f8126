import { route, type Route } from '../../../platform/http/route.ts';
import {
  addTagList, createLibraryTag, createTagCategory, deleteLibraryTag, deleteTagCategory, evaluateLibraryTag, listLibraryTags, listTagCategories,
  listTagPeople, orderTagCategories, readLibraryTag, readTagHistory, removeTagList, renameTagCategory, replaceLibraryTag, tagPeople, updateLibraryTag, uploadTagFile,
} from '../contract.ts';
import { readRows } from '../../customers/public.ts';
import { deleteCategory, makeCategory, orderCategories, readCategories, renameCategory } from './cards/categories.ts';
import { changePeople } from './cards/give-by-hand.ts';
import { changeTag, deleteTag, makeTag, replaceTag, requireCard } from './cards/keep-tags.ts';
import type { TagLibraryDoors } from './doors.ts';
import { evaluateTag } from './evaluation/evaluate-tag.ts';
import { type Showing, showLibrary, showTag } from './reading/show-tags.ts';
import { readTagDays } from './reading/tag-history.ts';
import { giveByFile, giveByList, takeBackUpload } from './uploads/uploads.ts';

const nothing = async (change: Promise<unknown>): Promise<Record<string, never>> => {
  await change;
  return {};
};

/** What is asked about tags. */
function readingRoutes({ platform, customers, evaluate }: TagLibraryDoors, showing: Showing): Route[] {
  const now = (): string => platform.clock.now().toISOString();
  return [
    route(listTagCategories, () => readCategories(platform.pg)),
    route(listLibraryTags, ({ query, actor }) => showLibrary(showing, query, actor.locale)),
    route(readLibraryTag, ({ params, actor }) => showTag(showing, params.tagId, actor.locale)),
    route(readTagHistory, async ({ params, query, actor }) => {
      const tag = await showTag(showing, params.tagId, actor.locale);
      const { tagId, size } = tag.tiers.find((tier) => tier.tagId === params.tagId) ?? tag;
      return { days: await readTagDays(platform, { tagId, kind: tag.kind }, size, query.days), computedAt: now() };
    }),
    route(listTagPeople, async ({ params, query: { page, pageSize } }) => {
      await requireCard(platform.pg, params.tagId);
      const computedAt = now();
      const members = await evaluate({ kind: 'tag', tags: [params.tagId], match: 'any' }, platform.clock.now());
      const rows = await readRows(platform, customers.vault, [...members.slice((page - 1) * pageSize, pageSize)]);
      return { rows, total: members.size, computedAt };
    }),
  ];
}

/** What is done to the library. */
function changingRoutes(doors: TagLibraryDoors, showing: Showing): Route[] {
  const { pg } = doors.platform;
  return [
    route(createTagCategory, ({ body, actor }) => makeCategory(pg, body.name, actor)),
    route(renameTagCategory, ({ params, body, actor }) => renameCategory(pg, params.categoryId, body.name, actor)),
    route(orderTagCategories, ({ body, actor }) => nothing(orderCategories(pg, body.categoryIds, actor))),
    route(deleteTagCategory, ({ params, actor }) => nothing(deleteCategory(pg, params.categoryId, actor))),
    route(createLibraryTag, async ({ body, actor }) => showTag(showing, await makeTag(doors, body, actor), actor.locale)),
    route(updateLibraryTag, async ({ params, body, actor }) => {
      await changeTag(doors, params.tagId, body, actor);
      return showTag(showing, params.tagId, actor.locale);
    }),
    route(deleteLibraryTag, ({ params, query, actor }) => nothing(deleteTag(doors, showing.sources, params.tagId, query.confirm, actor))),
    route(replaceLibraryTag, async ({ params, body, actor }) => ({ replaced: await replaceTag(doors, showing.sources, params.tagId, body.by, actor) })),
    route(evaluateLibraryTag, async ({ params, actor }) => {
      const card = await requireCard(pg, params.tagId);
      if (card.kind !== 'hand') await evaluateTag(doors, card);
      return showTag(showing, params.tagId, actor.locale);
    }),
    route(tagPeople, async ({ params, body, actor }) => ({ changed: await changePeople(doors, params.tagId, body.change, body.customerNos, actor) })),
    route(addTagList, async ({ params, body, actor }) => {
      await giveByList(doors, params.tagId, body.listId, body.replaces, actor);
      return showTag(showing, params.tagId, actor.locale);
    }),
    route(uploadTagFile, ({ params, body, actor }) => giveByFile(doors, params.tagId, body, actor)),
    route(removeTagList, ({ params, actor }) => nothing(takeBackUpload(doors, params.tagId, params.uploadId, actor))),
  ];
}

/** Every endpoint of the tag library. */
export const tagLibraryRoutes = (doors: TagLibraryDoors, showing: Showing): Route[] => [...readingRoutes(doors, showing), ...changingRoutes(doors, showing)];
