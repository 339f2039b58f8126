import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { endpoint } from '../../../kernel/endpoint.ts';
import { maxPageSize, pageOf, pageQuery } from '../../../kernel/page.ts';
import { tagDefinition, tagKinds } from './tag-definition.ts';

const id = z.coerce.number().int().min(1).max(2_147_483_647);
const tagParams = z.object({ tagId: id });
const tagName = z.string().trim().min(1).max(40);

const shownCategory = z.object({ categoryId: z.number().int(), name: z.string(), tags: z.number().int() });

export const listTagCategories = endpoint({
  method: 'GET',
  path: '/api/tag-library/categories',
  summary: 'Categories of tags in their order, with how many tags each holds',
  access: 'audiences.read',
  reply: z.object({ categories: z.array(shownCategory), uncategorised: z.number().int() }),
});

const categoryBody = z.object({ name: tagName });

export const createTagCategory = endpoint({
  method: 'POST', path: '/api/tag-library/categories', summary: 'Makes a category, the last in order', access: 'audiences.tags', body: categoryBody, reply: shownCategory, status: 201,
});

export const renameTagCategory = endpoint({
  method: 'PATCH', path: '/api/tag-library/categories/:categoryId', summary: 'Renames a category', access: 'audiences.tags', params: z.object({ categoryId: id }), body: categoryBody, reply: shownCategory,
});

export const orderTagCategories = endpoint({
  method: 'PUT',
  path: '/api/tag-library/category-order',
  summary: 'Puts all categories in order',
  access: 'audiences.tags',
  body: z.object({ categoryIds: z.array(z.number().int()).max(200) }),
  reply: z.object({}),
  status: 204,
});

export const deleteTagCategory = endpoint({
  method: 'DELETE', path: '/api/tag-library/categories/:categoryId', summary: 'Deletes a category; its tags stay, in none', access: 'audiences.tags', params: z.object({ categoryId: id }), reply: z.object({}), status: 204,
});

/** Whose rule or program asks for a tag. `label` is a message with its namespace, `path` an address of the web. */
const tagUse = z.object({ label: z.string(), name: z.string(), path: z.string().nullable() });
export type TagUse = z.output<typeof tagUse>;

/** Share of all customers, from 0 to 1; null while there are none. */
const share = z.number().nullable();
const tier = z.object({ tagId: z.number().int(), label: z.string(), size: z.number().int(), share, from: z.string().nullable() });

const libraryTag = z.object({
  tagId: z.number().int(),
  name: z.string(),
  kind: z.enum(tagKinds),
  categoryId: z.number().int().nullable(),
  owner: z.string(),
  meaning: z.string(),
  /** Of a tag that is given: days it lasts, the day it is given included, and the last day of all. */
  validDays: z.number().int().nullable(),
  validUntil: daySchema.nullable(),
  size: z.number().int(),
  share,
  /** When it was last given, or last made sure of. */
  freshAt: z.iso.datetime().nullable(),
  /** Why it could not be kept up, in a sentence; null while all is well. */
  trouble: z.string().nullable(),
  uses: z.array(tagUse),
  tiers: z.array(tier),
});
export type LibraryTag = z.output<typeof libraryTag>;

export const tagSorts = ['name', 'size', 'freshAt', 'uses'] as const;

export const listLibraryTags = endpoint({
  method: 'GET',
  path: '/api/tag-library/tags',
  summary: 'Tags of the library with coverage, freshness and use',
  access: 'audiences.read',
  query: pageQuery.extend({
    /** A category's id, or `none`. */
    category: z.union([z.literal('none'), id]).optional(),
    kind: z.enum(tagKinds).optional(),
    use: z.enum(['used', 'unused']).optional(),
  }),
  reply: pageOf(libraryTag).extend({ base: z.number().int() }),
});

const upload = z.object({
  uploadId: z.number().int(), name: z.string(), size: z.number().int(), givenAt: z.iso.datetime(), givenBy: z.string(), lapsesAt: z.iso.datetime().nullable(),
});

const tagDetail = libraryTag.extend({
  /** Raised by each change: an edit names the version it was made on. */
  version: z.number().int(),
  definition: z.unknown(),
  uploads: z.array(upload),
  base: z.number().int(),
  computedAt: z.iso.datetime(),
});
export type TagDetail = z.output<typeof tagDetail>;

export const readLibraryTag = endpoint({
  method: 'GET', path: '/api/tag-library/tags/:tagId', summary: 'One tag: what it means, who decides, how it fares, what uses it', access: 'audiences.read', params: tagParams, reply: tagDetail,
});

const card = {
  name: tagName,
  categoryId: z.number().int().nullable(),
  owner: z.string().trim().min(1).max(60),
  meaning: z.string().trim().max(500),
  validDays: z.number().int().min(1).max(3_650).nullable(),
  validUntil: daySchema.nullable(),
};

export const createLibraryTag = endpoint({
  method: 'POST',
  path: '/api/tag-library/tags',
  summary: 'Makes a tag; one that is computed has its people at once',
  access: 'audiences.tags',
  body: z.object({
    ...card,
    categoryId: card.categoryId.default(null),
    owner: card.owner.optional(),
    meaning: card.meaning.default(''),
    validDays: card.validDays.default(null),
    validUntil: card.validUntil.default(null),
    definition: tagDefinition,
  }),
  reply: tagDetail,
  status: 201,
});

export const updateLibraryTag = endpoint({
  method: 'PATCH',
  path: '/api/tag-library/tags/:tagId',
  summary: 'Changes a tag; what is left out stays, its kind always does. A new time counts for what is given from then on',
  access: 'audiences.tags',
  params: tagParams,
  body: z.object({
    version: z.number().int().min(0),
    name: card.name.optional(),
    categoryId: card.categoryId.optional(),
    owner: card.owner.optional(),
    meaning: card.meaning.optional(),
    validDays: card.validDays.optional(),
    validUntil: card.validUntil.optional(),
    definition: tagDefinition.optional(),
  }),
  reply: tagDetail,
});

export const deleteLibraryTag = endpoint({
  method: 'DELETE',
  path: '/api/tag-library/tags/:tagId',
  summary: 'Deletes a tag and takes it from everybody. One in use is refused (409, naming what uses it) unless `confirm` is its name',
  access: 'audiences.tags',
  params: tagParams,
  query: z.object({ confirm: z.string().max(100).optional() }),
  reply: z.object({}),
  status: 204,
});

export const replaceLibraryTag = endpoint({
  method: 'POST',
  path: '/api/tag-library/tags/:tagId/replacement',
  summary: 'Puts another tag in its place in every rule that asks for it',
  access: 'audiences.tags',
  params: tagParams,
  body: z.object({ by: z.number().int().min(1).max(2_147_483_647) }),
  reply: z.object({ replaced: z.number().int() }),
});

export const evaluateLibraryTag = endpoint({
  method: 'POST', path: '/api/tag-library/tags/:tagId/evaluation', summary: 'Computes a tag now', access: 'audiences.tags', params: tagParams, reply: tagDetail,
});

export const readTagHistory = endpoint({
  method: 'GET',
  path: '/api/tag-library/tags/:tagId/history',
  summary: 'Size of a tag by day, and who came to have it or lost it',
  access: 'audiences.read',
  params: tagParams,
  query: z.object({ days: z.coerce.number().int().min(1).max(731).default(90) }),
  reply: z.object({ days: z.array(z.object({ day: daySchema, size: z.number().int(), entered: z.number().int(), left: z.number().int() })), computedAt: z.iso.datetime() }),
});

export const listTagPeople = endpoint({
  method: 'GET',
  path: '/api/tag-library/tags/:tagId/people',
  summary: 'Who has a tag, masked',
  access: 'audiences.read',
  params: tagParams,
  query: z.object({ page: z.coerce.number().int().min(1).max(1_000_000).default(1), pageSize: z.coerce.number().int().min(1).max(maxPageSize).default(20) }),
  reply: pageOf(z.object({
    customerNo: z.number().int(), name: z.string().nullable(), phone: z.string().nullable(), province: z.string().nullable(), channel: z.string().nullable(),
    orders: z.number().int(), spent: z.string(), lastOrderAt: z.iso.datetime().nullable(),
  })),
});

export const tagPeople = endpoint({
  method: 'POST',
  path: '/api/tag-library/tags/:tagId/people',
  summary: 'Gives a tag that is given by hand to many, or takes it from them',
  access: 'audiences.tags',
  params: tagParams,
  body: z.object({ change: z.enum(['give', 'take']), customerNos: z.array(z.number().int().min(1).max(2_147_483_647)).min(1).max(10_000) }),
  reply: z.object({ changed: z.number().int() }),
});

export const addTagList = endpoint({
  method: 'POST',
  path: '/api/tag-library/tags/:tagId/uploads',
  summary: 'Gives a tag that comes from files to the people of an uploaded list; or to them alone, from now on',
  access: 'audiences.tags',
  params: tagParams,
  body: z.object({ listId: z.number().int().min(1).max(2_147_483_647), replaces: z.boolean().default(false) }),
  reply: tagDetail,
});

/** By what a file names people: a kind of identifier, or their own numbers. */
export const fileKinds = ['phone', 'external_id', 'member_no', 'email', 'unionid', 'openid', 'customer_no'] as const;

export const uploadTagFile = endpoint({
  method: 'POST',
  path: '/api/tag-library/tags/:tagId/files',
  summary: 'Gives a tag that comes from files to the people a file names, one on each line; the file itself is not kept',
  access: 'audiences.tags',
  params: tagParams,
  body: z.object({ name: z.string().trim().min(1).max(120), kind: z.enum(fileKinds), text: z.string().min(1).max(32 * 2 ** 20), replaces: z.boolean().default(false) }),
  bodyLimitBytes: 40 * 2 ** 20,
  reply: z.object({
    lines: z.number().int(),
    /** People the tag was given to. */
    people: z.number().int(),
    /** Identifiers that are nobody's, lines that are none, and lines that say what others do. */
    unknown: z.number().int(),
    refused: z.number().int(),
    repeated: z.number().int(),
  }),
});

export const removeTagList = endpoint({
  method: 'DELETE',
  path: '/api/tag-library/tags/:tagId/uploads/:uploadId',
  summary: 'Takes an upload back: who has the tag by it alone loses it',
  access: 'audiences.tags',
  params: tagParams.extend({ uploadId: id }),
  reply: z.object({}),
  status: 204,
});
