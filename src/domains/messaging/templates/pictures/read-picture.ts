import { Problem } from '../../../../kernel/problem.ts';
import { createOutbound, type Outbound, type OutboundReply } from '../../../../platform/outbound/outbound.ts';
import { picturePath } from '../../contract/pictures.ts';
import { kindOf, mediaTypes, type PictureKind } from './picture-bytes.ts';
import type { KeptPicture } from './store.ts';

const mostBytes = 2 * 2 ** 20;
const timeoutMs = 8_000;
const mostRedirects = 3;

export interface Pictures {
  /** A picture of the web as a page may show it that loads nothing from elsewhere: read by the server, through its guard. */
  read(url: string): Promise<string>;
  close(): void;
}

const dataOf = (kind: PictureKind, bytes: Buffer): string => `data:${mediaTypes[kind]};base64,${bytes.toString('base64')}`;

/** Pictures of the brand's own are read where they are kept: the server need not reach the address that mails have them under. */
export function createPictures(allowed: readonly string[], readOwn: (file: string) => Promise<KeptPicture | null>): Pictures {
  const outbound = createOutbound({ allowed, timeoutMs, answerBytes: mostBytes });
  return {
    async read(url) {
      const own = await readOwn(ownFile(url));
      if (own) return dataOf(own.kind, own.bytes);
      const { bytes = Buffer.alloc(0), status } = await follow(outbound, url);
      if (status !== 200) throw notLoaded();
      if (bytes.length > mostBytes) throw new Problem('messaging.picture_too_large', { status: 422, params: { megabytes: mostBytes / 2 ** 20 } });
      const kind = kindOf(bytes);
      if (!kind) throw new Problem('messaging.picture_is_none', { status: 422 });
      return dataOf(kind, bytes);
    },
    close: () => outbound.close(),
  };
}

const ownFile = (url: string): string => {
  const { pathname } = new URL(url);
  return pathname.startsWith(picturePath) ? pathname.slice(picturePath.length) : '';
};

const notLoaded = (): Problem => new Problem('messaging.picture_not_loaded', { status: 422 });

/** Each step is let through by the guard, or not. */
async function follow(outbound: Outbound, url: string): Promise<OutboundReply> {
  let at = url;
  for (let step = 0; step <= mostRedirects; step++) {
    const reply = await outbound.send({ method: 'GET', url: at, headers: { accept: 'image/*' } });
    const next = reply.status >= 300 && reply.status < 400 ? URL.parse(reply.headers.location ?? '', at) : null;
    if (next === null) return reply;
    at = next.href;
  }
  throw notLoaded();
}
