import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp, permissions } from '../../src/app.ts';
import { createCustomers } from '../../src/domains/customers/public.ts';
import type { Route } from '../../src/platform/http/route.ts';
import { inTransaction } from '../../src/platform/postgres/pool.ts';
import { createTestPlatform, createTestServer, type TestPlatform } from '../harness.ts';
import { namesOf } from './attack.ts';
import { disguises } from './payloads.ts';

const planted = { name: '欧阳金丝雀', phone: '+8613988887777', email: 'canary.person@planted-mail.example', openid: 'oCanaryOpenId77', address: '金丝雀路七十七号' };
const mobile = planted.phone.slice(3);
/** Every permission but those whose purpose is to show or to change personal data, or what was sent as it came. */
const blind = permissions.filter((p) => !['customers.reveal', 'customers.erase', 'collect.repair'].includes(p)).join(' ');

/** The parts of a value that a guesser would try, each longer than what its mask shows: beginnings, its end, its middle. */
const partsOf = (value: string, shown: number): string[] => {
  const characters = [...value];
  const beginning = (length: number): string => characters.slice(0, length).join('');
  return [beginning(shown + 1), beginning(characters.length - 1), characters.slice(2, -1).join('')];
};

/** Another character in place of one, so that a part of a value fits nobody. */
const wrong = (character: string): string => ({ 8: '3', 7: '4', 阳: '阴', 金: '银', 丝: '线', 雀: '鹊', 路: '街', 十: '百', 七: '四', 号: '楼' }[character] ?? (character === 'x' ? 'y' : 'x'));

const parts = [...partsOf(planted.name, 1), ...partsOf(mobile, 3), ...partsOf(planted.email, 1), ...partsOf(planted.openid, 2), ...partsOf(planted.address, 1)];
const guesses = [...parts, `${parts[0]}%`, `${parts[3]}*`].map((part): [string, string] => [part, part.replace(/[^%*](?=[%*]?$)/, wrong)]);

describe('who may not see personal data', () => {
  let test: TestPlatform;
  let server: FastifyInstance;
  let reading: Route[];
  let customerNo: number;
  const startedAt = new Date().toISOString();
  beforeAll(async () => {
    test = await createTestPlatform();
    const { platform } = test;
    const app = createApp(platform, undefined);
    reading = app.routes.filter(({ endpoint }) => endpoint.method === 'GET');
    server = await createTestServer(platform, app.routes);
    await platform.pg.query("insert into staff (email, name) values ('blind@example.com', 'blind')");
    const customers = createCustomers(platform);
    await inTransaction(platform.pg, async (client) => {
      const [other] = await customers.identities.resolve(client, [{ identifiers: [{ kind: 'phone', namespace: '', value: '+8615011112222' }], at: new Date('2025-01-01'), channel: '官网' }]);
      await customers.profiles.applyTraits(client, [{ customerNo: other, traits: { name: '阿宝', email: 'zz@example.com' }, at: new Date('2025-01-01') }]);
    });
    customerNo = await inTransaction(platform.pg, async (client) => {
      const identifiers = [
        { kind: 'external_id' as const, namespace: '', value: 'M1' }, { kind: 'phone' as const, namespace: '', value: planted.phone },
        { kind: 'email' as const, namespace: '', value: planted.email }, { kind: 'openid' as const, namespace: 'app', value: planted.openid },
      ];
      const [no] = await customers.identities.resolve(client, [{ identifiers, at: new Date('2026-01-01'), channel: '官网' }]);
      await customers.profiles.applyTraits(client, [{ customerNo: no, traits: { name: planted.name, address: planted.address }, at: new Date('2026-01-01') }]);
      return no;
    });
    await customers.copier.drain();
  });
  afterAll(async () => {
    await server.close();
    await test.close();
  });

  const ask = async (url: string): Promise<{ status: number; text: string }> => {
    const reply = await server.inject({ url, headers: { 'x-test-permissions': blind, 'accept-language': 'en' } });
    return { status: reply.statusCode, text: reply.body };
  };
  /** A reply without what differs by itself: the moment, the request's number, and the text that was asked for. */
  const told = ({ status, text }: { status: number; text: string }, asked: string): string =>
    `${status} ${text.replace(/"(computedAt|requestId|instance)":"[^"]*"/g, '').replaceAll(asked, '').replaceAll(encodeURIComponent(asked), '')}`;
  const pathOf = (route: Route): string => route.endpoint.path.replace(':customerNo', String(customerNo)).replace(/:\w+/g, '1');
  /** Of the audit log only what was there before: it grows by being read. */
  const addressOf = (route: Route): string => `${pathOf(route)}?${route.endpoint.path.startsWith('/api/audit') ? `to=${startedAt}&` : ''}`;

  it('is answered a guess that fits as one that does not, in every parameter of every address that reads', async () => {
    const telling: string[] = [];
    let asked = 0;
    const compare = async (address: string, [fits, not]: [string, string]): Promise<void> => {
      asked++;
      const [a, b] = await Promise.all([fits, not].map((text) => ask(`${address}${encodeURIComponent(text)}`)));
      if (told(a, fits) !== told(b, not)) telling.push(`${address}${fits}: ${told(a, fits).slice(0, 200)} but ${told(b, not).slice(0, 200)}`);
    };
    for (const route of reading) {
      for (const name of namesOf(route.endpoint.query)) {
        // Where only some words are known, one guess meets the same refusal as all.
        const isText = (await ask(`${addressOf(route)}${name}=guess`)).status < 400;
        await Promise.all((isText ? guesses : guesses.slice(0, 1)).map((guess) => compare(`${addressOf(route)}${name}=`, guess)));
        await Promise.all(disguises(name).slice(0, 4).map((disguise) => compare(`${addressOf(route)}${encodeURIComponent(disguise)}=`, guesses[0])));
      }
      for (const field of ['name', 'phone', 'email', 'identifiers', 'name_key', 'hash']) await compare(`${addressOf(route)}${field}=`, guesses[0]);
    }
    expect(asked).toBeGreaterThan(1_000);
    expect(telling).toEqual([]);
  });

  it('cannot put people in the order of what is hidden', async () => {
    const ordering: string[] = [];
    for (const route of reading.filter(({ endpoint }) => namesOf(endpoint.query).includes('sort'))) {
      const plain = told(await ask(addressOf(route)), '');
      for (const field of ['name', 'phone', 'email', 'openid', 'address', 'name_key', 'nameKey', 'profile.name', 'identifier.hash']) {
        for (const sort of [field, `-${field}`]) {
          const reply = await ask(`${addressOf(route)}sort=${sort}`);
          if (reply.status !== 400 && told(reply, '') !== plain) ordering.push(`${route.endpoint.path}?sort=${sort}`);
        }
      }
    }
    expect(ordering).toEqual([]);
  });

  it('sees no byte of it in any reply: lists, pages, exports, refusals, the audit log', async () => {
    const leaks: string[] = [];
    for (const route of reading) {
      const urls = [pathOf(route), ...namesOf(route.endpoint.query).flatMap((name) => Object.values({ ...planted, mobile }).map((value) => `${pathOf(route)}?${name}=${encodeURIComponent(value)}`))];
      for (const url of [...urls, `${pathOf(route)}?reveal=1`]) {
        const { status, text } = await ask(url);
        expect(status, url).toBeLessThan(500);
        for (const value of Object.values({ ...planted, mobile })) if (text.includes(value)) leaks.push(`${url}: ${value}`);
      }
    }
    expect(leaks).toEqual([]);
  });
});
