import { zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventIdOf } from './worker/decode.ts';
import { createIntakeTest, type IntakeTest } from '../../../../test/intake.ts';

let test: IntakeTest;
beforeAll(async () => {
  test = await createIntakeTest();
});
afterAll(() => test.close());

const good = (n: number) => `{"type":"track","event":"Good","userId":"u${n % 100}","messageId":"good-${n}"}`;
const track = (rest: string) => `{"type":"track","event":"Bad","userId":"u",${rest}}`;

/** Everything the list of checks names, as it would come over the wire. */
const poison: Record<string, string> = {
  too_large: track(`"properties":{"a":"${'x'.repeat(2_000_000)}"}`),
  too_deep: track(`"properties":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`),
  nul_character: track('"properties":{"a":"x\\u0000y"}'),
  broken_character: track('"properties":{"a":"x\\ud800y"}'),
  too_many_keys: track(`"properties":{${Array.from({ length: 4_000 }, (_, i) => `"k${i}":1`).join()}}`),
  forbidden_key: track('"properties":{"__proto__":{"admin":true}}'),
  from_the_future: track('"timestamp":"9999-01-01T00:00:00Z"'),
  nobody: '{"type":"track","event":"Bad"}',
  unknown_type: '{"type":"explode","userId":"u"}',
  not_an_object: '"just a text"',
};

const uuidOf = (messageId: string) => eventIdOf(messageId).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

const post = (body: string, headers: Record<string, string> = {}) => test.server.inject({
  method: 'POST', url: '/v1/batch', payload: body, headers: { 'content-type': 'application/json', authorization: `Basic ${Buffer.from(`${test.secret}:`).toString('base64')}`, ...headers },
});

describe('events that cannot become facts', () => {
  it('are set aside with their reasons, 50 of them, while 10,000 good ones around them all land', async () => {
    const texts = Object.values(poison);
    for (let batch = 0; batch < 50; batch++) {
      const events = Array.from({ length: 200 }, (_, i) => good(batch * 200 + i));
      events.splice((batch * 37) % 200, 0, texts[batch % texts.length]);
      const reply = await post(`{"batch":[${events.join()}]}`);
      expect(reply.json()).toEqual({ success: true, accepted: 200, setAside: 1 });
    }
    await test.drain();
    expect(await test.ask("select count() as n, uniqExact(event_id) as d from event where name = 'Good'")).toEqual([{ n: '10000', d: '10000' }]);
    const { rows } = await test.platform.pg.query('select reason, count(*) as n from set_aside_event group by reason order by reason');
    expect(rows).toEqual(Object.keys(poison).sort().map((reason) => ({ reason, n: 5 })));
  });

  it('are listed without content, opened with a trace in the audit log, replayed when corrected, discarded', async () => {
    const as = (permissions: string) => ({ 'x-test-permissions': permissions, 'content-type': 'application/json' });
    const list = await test.server.inject({ url: '/api/set-aside-events?reason=nul_character', headers: as('collect.read') });
    expect(list.json().total).toBe(5);
    const [{ eventNo }] = list.json().rows;
    expect(JSON.stringify(list.json())).not.toContain('x\\u0000y');
    const opened = await test.server.inject({ url: `/api/set-aside-events/${eventNo}`, headers: as('collect.repair') });
    expect(opened.json().body).toBe(poison.nul_character);
    const again = await test.server.inject({ method: 'POST', url: `/api/set-aside-events/${eventNo}/replay`, headers: as('collect.repair'), payload: {} });
    expect(again.statusCode).toBe(422);
    const corrected = poison.nul_character.replace('\\u0000', ' ').replace('"Bad"', '"Mended"');
    const mended = await test.server.inject({ method: 'POST', url: `/api/set-aside-events/${eventNo}/replay`, headers: as('collect.repair'), payload: { body: corrected } });
    expect(mended.statusCode).toBe(204);
    await test.drain();
    expect(await test.ask("select count() as n from event where name = 'Mended'")).toEqual([{ n: '1' }]);
    for (const method of ['GET', 'DELETE'] as const) {
      expect((await test.server.inject({ method, url: `/api/set-aside-events/${eventNo}`, headers: { 'x-test-permissions': 'collect.repair' } })).statusCode).toBe(404);
    }
    const next = list.json().rows[1].eventNo;
    expect((await test.server.inject({ method: 'DELETE', url: `/api/set-aside-events/${next}`, headers: { 'x-test-permissions': 'collect.repair' } })).statusCode).toBe(204);
    const { rows } = await test.platform.pg.query("select action from audit_log where action like 'collect.%set_aside%' order by 1");
    expect(rows.map((r: { action: string }) => r.action)).toEqual(['collect.discard_set_aside_event', 'collect.read_set_aside_event', 'collect.replay_set_aside_event']);
  });

  it('that came past the door are found one by one, and only they are set aside', async () => {
    const body = zstdCompressSync(JSON.stringify({ batch: [JSON.parse(good(20_001)), { type: 'track', event: 'Bad', userId: 'u', messageId: 'a\0b', properties: {} }, 'text', JSON.parse(good(20_002)), { type: 'identify', userId: 'nul\0', traits: { a: { b: { c: 1 } } } }] }));
    const broken = zstdCompressSync('{"batch":[');
    for (const each of [body, broken, Buffer.from('not even compressed')]) {
      await test.platform.pg.query('insert into intake_batch (received_at, write_key_id, event_count, body) values (now(), 1, 5, $1)', [each]);
    }
    await test.drain();
    expect(await test.ask("select count() as n from event where name = 'Good'")).toEqual([{ n: '10002' }]);
    const { rows } = await test.platform.pg.query('select count(*) as n from intake_batch');
    expect(rows[0].n).toBe(0);
  });

  it('that make the making of facts fail are set aside alone after three tries', async () => {
    await test.platform.pg.query(`create function refuse() returns trigger language plpgsql as $$ begin
      if new.attributes->>'poison' = 'yes' then raise exception 'refused'; end if; return new; end $$`);
    await test.platform.pg.query('create trigger refuse before insert or update on customer_profile for each row execute function refuse()');
    const identify = (n: number, poisoned: string) => `{"type":"identify","userId":"t${n}","messageId":"t-${n}","traits":{"poison":"${poisoned}","n":${n}}}`;
    await post(`{"batch":[${Array.from({ length: 30 }, (_, i) => identify(i, i === 11 ? 'yes' : 'no')).join()}]}`);
    await post(`{"batch":[${good(30_001)}]}`);
    await test.drain();
    const { rows } = await test.platform.pg.query("select count(*) as n from set_aside_event where reason = 'processing_failed'");
    expect(rows[0].n).toBe(1);
    const identified = () => test.ask('select count() as n from event where event_id in {ids:Array(UUID)}', { ids: Array.from({ length: 30 }, (_, i) => uuidOf(`t-${i}`)) });
    expect(await identified()).toEqual([{ n: '29' }]);
    await test.platform.pg.query('drop trigger refuse on customer_profile');
    const replay = await test.server.inject({ method: 'POST', url: '/api/set-aside-events/replay', headers: { 'x-test-permissions': 'collect.repair' }, payload: { reason: 'processing_failed' } });
    expect(replay.json()).toEqual({ replayed: 1, remaining: 0 });
    await test.drain();
    expect(await identified()).toEqual([{ n: '30' }]);
  });
});

describe('a request that cannot be taken', () => {
  it.each([
    ['is not JSON', 'not json', 400, 'platform.broken_json'],
    ['is empty', '', 400, 'platform.broken_json'],
    ['is a list', '[]', 400, 'platform.broken_json'],
    ['has no list of events', '{"batch":{}}', 400, 'collect.batch_missing'],
    ['is larger than 4 MiB', `{"batch":["${'x'.repeat(5 * 2 ** 20)}"]}`, 413, 'platform.body_too_large'],
    ['has too many events', `{"batch":[${'1,'.repeat(6_000)}1]}`, 400, 'collect.batch_too_long'],
  ])('is refused when it %s', async (_what, body, status, code) => {
    const reply = await post(body);
    expect({ status: reply.statusCode, code: reply.json().code }).toEqual({ status, code });
    expect(reply.json().detail).not.toBe(`problem.${code.split('.')[1]}`);
  });
});
