import { setImmediate as round } from 'node:timers/promises';
import { gzipSync, zstdDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createRequestSeal } from '../request-seal.ts';
import { createReadApart } from './read-apart.ts';
import type { SentCall } from './read-call.ts';

const secret = 'the secret of one deployment, long enough';
const { open } = createRequestSeal(secret);
const call = (body: string | Buffer, more: Partial<SentCall> = {}): SentCall =>
  ({ body: Buffer.from(body), isGzip: false, callType: null, receivedAt: new Date('2026-03-01T00:00:00Z'), ...more });
const batchOf = (...batch: unknown[]): string => JSON.stringify({ batch });
const event = (n: number, more = {}) => ({ type: 'track', event: 'Viewed', userId: `u${n}`, messageId: `m${n}`, ...more });

describe('requests read in a thread of their own', () => {
  it('come back as they were sent, sealed, each to whom it belongs', async () => {
    const read = createReadApart(secret);
    const sent = Array.from({ length: 400 }, (_, n) => ({ key: n % 7, text: batchOf(...Array.from({ length: n % 5 + 1 }, (_unused, i) => event(n * 10 + i))), isGzip: n % 3 === 0 }));
    const found = await Promise.all(sent.map(({ key, text, isGzip }) => read(key, call(isGzip ? gzipSync(text) : text, { isGzip }))));
    expect(found.map(({ body }) => zstdDecompressSync(open(body)).toString())).toEqual(sent.map(({ text }) => text));
    expect(found.map(({ events, eventCount, writeKey, setAside }) => ({ events, eventCount, writeKey, setAside })))
      .toEqual(sent.map((_, n) => ({ events: n % 5 + 1, eventCount: n % 5 + 1, writeKey: null, setAside: [] })));
  });

  it('are parted into what can become facts and what is set aside, with its text', async () => {
    const read = createReadApart(secret);
    const bad = event(2, { userId: '' });
    const { body, setAside, ...rest } = await read(1, call(JSON.stringify({ writeKey: 'key', batch: [event(1), bad, event(3)] })));
    expect(rest).toEqual({ writeKey: 'key', events: 3, eventCount: 2 });
    expect(JSON.parse(zstdDecompressSync(open(body)).toString())).toEqual({ writeKey: 'key', batch: [event(1), event(3)] });
    expect(setAside.map((each) => ({ ...each, body: zstdDecompressSync(each.body).toString() })))
      .toEqual([{ reason: 'nobody', path: null, callType: 'track', eventName: 'Viewed', body: JSON.stringify(bad) }]);
  });

  it('are refused one by one, and those beside them are read', async () => {
    const read = createReadApart(secret);
    const bodies = ['{', batchOf(event(1)), '{}', batchOf(...Array.from({ length: 5_001 }, () => 1)), batchOf(event(2))];
    const bomb = read(1, call(gzipSync(Buffer.alloc(5 * 2 ** 20)), { isGzip: true }));
    const results = await Promise.allSettled([...bodies.map((text) => read(1, call(text))), bomb]);
    expect(results.map((result) => (result.status === 'fulfilled' ? result.value.eventCount : (result.reason as { code: string; status: number })))).toMatchObject([
      { code: 'platform.broken_json', status: 400 }, 1, { code: 'collect.batch_missing', status: 400 },
      { code: 'collect.batch_too_long', status: 400, params: { count: 5_001 } }, 1, { code: 'platform.body_too_large', status: 413 },
    ]);
  });

  it('are answered with a time to wait when the thread is lost, and the next ones begin another', async () => {
    // A secret that no key can be derived from: the thread ends as soon as it begins.
    const read = createReadApart(null as unknown as string);
    for (const n of [1, 2]) await expect(read(n, call(batchOf(event(n))))).rejects.toMatchObject({ code: 'collect.intake_unavailable', status: 503, retryAfterSeconds: 2 });
  });

  it('let the event loop come round however long one takes', async () => {
    const read = createReadApart(secret);
    await read(1, call(batchOf(event(1))));
    let isRead = false;
    let rounds = 0;
    const large = read(1, call(batchOf(...Array.from({ length: 5_000 }, (_, n) => event(n, { properties: { text: 'x'.repeat(600) } }))))).finally(() => (isRead = true));
    for (; !isRead; rounds++) await round();
    expect((await large).eventCount).toBe(5_000);
    // In the program's own thread it would be one or two.
    expect(rounds).toBeGreaterThan(50);
  });
});
