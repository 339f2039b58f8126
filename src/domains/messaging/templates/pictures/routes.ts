import { notFound } from '../../../../kernel/problem.ts';
import { rawRoute, route, type Route } from '../../../../platform/http/route.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { deletePicture, fetchPicture, listPictures, uploadPicture } from '../../contract/pictures.ts';
import { mediaTypes } from './picture-bytes.ts';
import { dropPicture, findPictures, keepPicture, type KeptPicture, readPicture } from './store.ts';

/** A mail to a million people is opened by thousands in a minute: its pictures come out of memory. */
const keptBytes = 32 * 2 ** 20;

/** Pictures of the brand's own: uploaded here, fetched by whoever opens a mail. */
export function pictureRoutes({ pg: pool, clock }: Platform): Route[] {
  const read = createKept((file) => readPicture(pool, file));
  return [
    route(listPictures, ({ query }) => findPictures(pool, query)),
    route(uploadPicture, ({ body: { name, base64 }, actor }) => keepPicture(pool, { name, bytes: Buffer.from(base64, 'base64') }, actor, clock.now())),
    route(deletePicture, async ({ params: { pictureNo }, actor }) => {
      await dropPicture(pool, pictureNo, actor);
      return {};
    }),
    rawRoute(fetchPicture, async ({ params: { file }, reply }) => {
      const picture = await read(file);
      if (!picture) throw notFound('messaging.no_picture');
      // Never anything but a picture, whatever is in it; and shown in mail pages, which are somebody else's.
      return reply.header('cache-control', 'public, max-age=31536000, immutable').header('x-content-type-options', 'nosniff').header('content-security-policy', "default-src 'none'; sandbox")
        .header('cross-origin-resource-policy', 'cross-origin').header('content-disposition', 'inline').type(mediaTypes[picture.kind]).send(picture.bytes);
    }),
  ];
}

/** The pictures that were asked for last; what is under an address never changes. */
function createKept(find: (file: string) => Promise<KeptPicture | null>): (file: string) => Promise<KeptPicture | null> {
  const kept = new Map<string, KeptPicture>();
  let size = 0;
  return async (file) => {
    const known = kept.get(file);
    const picture = known ?? (await find(file));
    if (!picture) return null;
    if (!kept.delete(file)) size += picture.bytes.length;
    kept.set(file, picture);
    for (const [oldest, { bytes }] of kept) {
      if (size <= keptBytes) break;
      kept.delete(oldest);
      size -= bytes.length;
    }
    return picture;
  };
}
