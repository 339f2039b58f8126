import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { pageOf, pageQuery } from '../../../kernel/page.ts';
import { fileKinds } from './tag-library.ts';

const name = z.string().trim().min(1).max(80);
const listParams = z.object({ listId: z.coerce.number().int().min(1).max(2_147_483_647) });

const shownList = z.object({
  listId: z.number().int(),
  name,
  /** People of it today. */
  size: z.number().int(),
  lines: z.number().int(),
  /** Lines that name nobody, and lines that name somebody again. */
  unknown: z.number().int(),
  duplicates: z.number().int(),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  /** Audiences whose rules refer to it. */
  usedBy: z.array(z.object({ audienceId: z.number().int(), name: z.string() })),
});
export type ShownList = z.output<typeof shownList>;

export const listPeopleLists = endpoint({
  method: 'GET', path: '/api/audiences/lists', summary: 'Uploaded lists of people, newest first', access: 'audiences.read',
  query: pageQuery, reply: pageOf(shownList),
});

export const uploadPeopleList = endpoint({
  method: 'POST',
  path: '/api/audiences/lists',
  summary: 'Keeps the people a file names, one on each line; the file itself is not kept',
  access: 'audiences.edit',
  body: z.object({ name, kind: z.enum(fileKinds), text: z.string().min(1).max(32 * 2 ** 20) }),
  bodyLimitBytes: 40 * 2 ** 20,
  reply: shownList,
  status: 201,
});

export const renamePeopleList = endpoint({
  method: 'PATCH', path: '/api/audiences/lists/:listId', summary: 'Renames a list of people', access: 'audiences.edit',
  params: listParams, body: z.object({ name }), reply: z.object({}), status: 204,
});

export const deletePeopleList = endpoint({
  method: 'DELETE', path: '/api/audiences/lists/:listId', summary: 'Deletes a list that no audience refers to; 409 names those that do', access: 'audiences.edit',
  params: listParams, reply: z.object({}), status: 204,
});
