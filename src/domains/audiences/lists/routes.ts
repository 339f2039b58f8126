import { Problem } from '../../../kernel/problem.ts';
import { route, type Route } from '../../../platform/http/route.ts';
import { deletePeopleList, listPeopleLists, renamePeopleList, uploadPeopleList } from '../contract/lists.ts';
import { keepList, type ListDoors, readLists, removeList, renameList } from './keep-lists.ts';

/** Endpoints of uploaded lists. */
export const listRoutes = (doors: ListDoors): Route[] => [
  route(listPeopleLists, async ({ query }) => {
    if (query.sort !== undefined) throw new Problem('audiences.bad_sort', { params: { allowed: '-' }, fields: [{ path: 'query.sort', code: 'bad_sort' }] });
    const page = await readLists(doors.platform, { q: query.q, limit: query.pageSize, offset: (query.page - 1) * query.pageSize });
    return { ...page, computedAt: doors.platform.clock.now().toISOString() };
  }),
  route(uploadPeopleList, async ({ body, actor }) => {
    const listId = await keepList(doors, body, actor);
    const { rows: [list] } = await readLists(doors.platform, { listId, limit: 1, offset: 0 });
    return list;
  }),
  route(renamePeopleList, async ({ params, body, actor }) => {
    await renameList(doors.platform, params.listId, body.name, actor);
    return {};
  }),
  route(deletePeopleList, async ({ params, actor }) => {
    await removeList(doors.platform, params.listId, actor);
    return {};
  }),
];
