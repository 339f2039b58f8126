import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { pageOf, plainPageQuery } from '../../../kernel/page.ts';

/** A key a tracker sends events with, as far as it may be shown. */
export const writeKey = z.object({
  writeKeyId: z.int(),
  name: z.string(),
  /** The first characters of the secret, to tell keys apart. */
  prefix: z.string(),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  lastUsedAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
});

export const writeKeyName = z.string().trim().min(1).max(60);

export const listWriteKeys = endpoint({
  method: 'GET',
  path: '/api/write-keys',
  summary: 'Write keys of trackers, the newest first, without their secrets',
  access: 'collect.read',
  query: plainPageQuery,
  reply: pageOf(writeKey),
});

export const createWriteKey = endpoint({
  method: 'POST',
  path: '/api/write-keys',
  summary: 'Make a write key; its secret is in this reply and nowhere else',
  access: 'collect.sources',
  body: z.object({ name: writeKeyName }),
  reply: z.object({ key: writeKey, secret: z.string() }),
  status: 201,
});

export const revokeWriteKey = endpoint({
  method: 'DELETE',
  path: '/api/write-keys/:writeKeyId',
  summary: 'Revoke a write key; what is sent with it is refused within a second',
  access: 'collect.sources',
  params: z.object({ writeKeyId: z.coerce.number().int().positive() }),
  reply: z.object({}),
  status: 204,
});

export const writeKeyEndpoints = [listWriteKeys, createWriteKey, revokeWriteKey];
