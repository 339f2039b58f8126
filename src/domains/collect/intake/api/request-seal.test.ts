import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createIntakeTest, type IntakeTest } from '../../../../../test/intake.ts';
import { createRequestSeal } from './request-seal.ts';

const secret = 'the secret of one deployment, long enough';

describe('a sealed request', () => {
  it('is opened by every process of the deployment, and by nobody else', () => {
    const [api, worker, stranger] = [createRequestSeal(secret), createRequestSeal(secret), createRequestSeal(`${secret}!`)];
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (body) => {
      const sealed = api.seal(body);
      expect(Buffer.from(worker.open(sealed))).toEqual(Buffer.from(body));
      expect(() => stranger.open(sealed)).toThrow();
    }));
  });

  it('is refused when a single bit of it was changed', () => {
    const { seal, open } = createRequestSeal(secret);
    const sealed = seal(Buffer.from('{"batch":[]}'));
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const changed = Buffer.from(sealed);
      changed[bit >> 3] ^= 1 << (bit & 7);
      expect(() => open(changed), `bit ${bit}`).toThrow();
    }
    for (let length = 0; length < sealed.length; length++) expect(() => open(sealed.subarray(0, length)), `${length} bytes`).toThrow();
  });

  it('never looks like another one, though they say the same', () => {
    const seals = Array.from({ length: 10 }, () => createRequestSeal(secret));
    const sealed = seals.flatMap(({ seal }) => Array.from({ length: 100 }, () => seal(Buffer.alloc(16)).toString('hex')));
    // Salt and count together are the nonce of the deployment: none may come twice.
    expect(new Set(sealed.map((text) => text.slice(2, 46))).size).toBe(1_000);
    expect(new Set(sealed.map((text) => text.slice(-32))).size).toBe(1_000);
  });

  it('may be one from before requests were sealed', () => {
    const packed = zstdCompressSync('{"batch":[]}');
    expect(zstdDecompressSync(createRequestSeal(secret).open(packed)).toString()).toBe('{"batch":[]}');
  });
});

describe('the intake log', () => {
  let test: IntakeTest;
  beforeAll(async () => {
    test = await createIntakeTest();
  });
  afterAll(() => test.close());

  it('shows nothing of what was sent, also of an event that was set aside and is sent again', async () => {
    const person = { type: 'identify', userId: 'u1', traits: { phone: '13800138000', name: '欧阳金丝雀' } };
    await test.send('batch', { batch: Array.from({ length: 50 }, () => person) });
    await test.send('identify', person);
    await test.send('batch', { batch: [{ ...person, type: 'explode' }] });
    const { rows: [{ event_no: eventNo }] } = await test.platform.pg.query<{ event_no: number }>('select event_no from set_aside_event');
    const again = await test.server.inject({ method: 'POST', url: `/api/set-aside-events/${eventNo}/replay`, headers: { 'x-test-permissions': 'collect.repair' }, payload: { body: JSON.stringify(person) } });
    expect(again.statusCode).toBeLessThan(300);
    const { rows } = await test.platform.pg.query<{ body: Buffer }>('select body from intake_batch');
    expect(rows).toHaveLength(3);
    for (const { body } of rows) {
      expect(() => zstdDecompressSync(body)).toThrow();
      expect(body.includes(zstdCompressSync('').subarray(0, 4))).toBe(false);
    }
    await test.drain();
    expect(await test.customerOf('phone', '+8613800138000')).toBe(await test.customerOf('external_id', 'u1'));
  });

  it('keeps aside what cannot be opened, whole, and goes on', async () => {
    const foreign = createRequestSeal(`${secret}!`).seal(zstdCompressSync(JSON.stringify({ batch: [{ type: 'track', event: 'E', userId: 'u2' }] })));
    await test.platform.pg.query('insert into intake_batch (received_at, write_key_id, event_count, body) values (now(), 1, 1, $1)', [foreign]);
    await test.send('track', { event: 'After it', userId: 'u1' });
    await test.drain();
    expect(await test.ask("select count() as n from event where name = 'After it'")).toEqual([{ n: '1' }]);
    const { rows: [{ event_no: eventNo }] } = await test.platform.pg.query<{ event_no: number }>("select event_no from set_aside_event where reason = 'not_an_object'");
    const kept = await test.server.inject({ url: `/api/set-aside-events/${eventNo}`, headers: { 'x-test-permissions': 'collect.repair' } });
    expect(JSON.parse(kept.json<{ body: string }>().body)).toBe(foreign.toString('base64'));
  });
});
