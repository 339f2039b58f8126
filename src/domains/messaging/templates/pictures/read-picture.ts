import { Problem } from '../../../../kernel/problem.ts';
import { createOutbound, type Outbound, type OutboundReply } from '../../../../platform/outbound/outbound.ts';

const mostBytes = 2 * 2 ** 20;
const timeoutMs = 8_000;
const mostRedirects = 3;

/** Pictures by the bytes that they begin with; what an answer says of itself counts for nothing, and drawings that may hold programs (SVG) are none. */
const kinds: [type: string, is: (bytes: Buffer) => boolean][] = [
  ['image/png', (bytes) => bytes.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))],
  ['image/jpeg', (bytes) => bytes.subarray(0, 3).equals(Buffer.from('\xff\xd8\xff', 'latin1'))],
  ['image/gif', (bytes) => /^GIF8[79]a$/.test(bytes.subarray(0, 6).toString('latin1'))],
  ['image/webp', (bytes) => bytes.subarray(0, 4).toString('latin1') === 'RIFF' && bytes.subarray(8, 12).toString('latin1') === 'WEBP'],
];

export interface Pictures {
  /** A picture of the web as a page may show it that loads nothing from elsewhere: read by the server, through its guard. */
  read(url: string): Promise<string>;
  close(): void;
}

export function createPictures(allowed: readonly string[]): Pictures {
  const outbound = createOutbound({ allowed, timeoutMs, answerBytes: mostBytes });
  return {
    async read(url) {
      const { bytes = Buffer.alloc(0), status } = await follow(outbound, url);
      if (status !== 200) throw notLoaded();
      if (bytes.length > mostBytes) throw new Problem('messaging.picture_too_large', { status: 422, params: { megabytes: mostBytes / 2 ** 20 } });
      const type = kinds.find(([, is]) => is(bytes))?.[0];
      if (type === undefined) throw new Problem('messaging.picture_is_none', { status: 422 });
      return `data:${type};base64,${bytes.toString('base64')}`;
    },
    close: () => outbound.close(),
  };
}

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
