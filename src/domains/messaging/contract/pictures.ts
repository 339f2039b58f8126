import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';

const path = '/api/message-pictures' as const;
const count = z.number().int();

/** Larger ones make mails slow to open on a phone. */
export const pictureLimits = { bytes: 2 * 2 ** 20, side: 4_000, pictures: 2_000 } as const;
export const pictureKinds = ['png', 'jpg', 'gif', 'webp'] as const;
/** Where pictures of the brand's own are, within its site: what a block of a mail has as the address of one. */
export const picturePath = '/m/i/';

const picture = z.object({
  pictureNo: count, name: z.string(), kind: z.enum(pictureKinds), width: count, height: count, bytes: count,
  /** `/m/i/….png`. */
  address: z.string(),
  at: z.iso.datetime(), by: z.string(),
});
export type MessagePicture = z.output<typeof picture>;

export const listPictures = endpoint({
  method: 'GET', path, summary: 'Pictures that were uploaded for mails, the newest first', access: 'messaging.read',
  query: z.object({ q: z.string().max(100).default(''), page: z.coerce.number().int().min(1).max(100).default(1) }),
  reply: z.object({ pictures: z.array(picture), total: count, pageSize: count }),
});
export const uploadPicture = endpoint({
  method: 'POST', path, summary: 'Keeps a picture for mails: PNG, JPEG, GIF or WebP, by what its bytes say. The same picture is kept once', access: 'messaging.templates', status: 201,
  body: z.object({ name: z.string().trim().min(1).max(200), base64: z.base64().max(Math.ceil(pictureLimits.bytes / 3) * 4) }),
  bodyLimitBytes: 3 * 2 ** 20,
  reply: picture,
});
export const deletePicture = endpoint({
  method: 'DELETE', path: `${path}/:pictureNo`, summary: 'Deletes a picture that no template shows', access: 'messaging.templates', params: z.object({ pictureNo: z.coerce.number().int().min(1).max(2_147_483_647) }), reply: z.object({}),
});
/** Stands in mails: whoever opens one fetches it, without signing in. */
export const fetchPicture = endpoint({
  method: 'GET', path: `${picturePath}:file`, summary: 'A picture of a mail', access: 'public', params: z.object({ file: z.string().min(1).max(80) }), reply: z.unknown(), raw: true,
});
