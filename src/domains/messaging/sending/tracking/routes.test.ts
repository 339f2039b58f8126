import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addMailAccount } from '../../../../../test/channel-accounts.ts';
import { createMailBox, type MailBox } from '../../../../../test/mail-box.ts';
import { createSendingBrand, mailOf, shopLink, type SendingBrand } from '../../../../../test/sending-brand.ts';

const browser = { 'user-agent': 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36' };

let brand: SendingBrand;
let box: MailBox;
let people: number[];
let runNo: number;
beforeAll(async () => {
  brand = await createSendingBrand();
  box = await createMailBox();
  await addMailAccount(brand.platform, box.port);
  const reached = await brand.people(6);
  people = [...reached];
  runNo = await brand.begin({ people: reached });
  await brand.drain();
  await brand.platform.pg.query("update send_delivery set handed_at = handed_at - interval '1 minute'");
});
afterEach(() => brand.platform.pg.query('update send_delivery set told = 0, clicked_links = 0'));
afterAll(async () => {
  await brand.close();
  await box.close();
});

/** Addresses in somebody's mail, as paths on this program's own site. */
function pathsIn(customerNo: number, kind: 'c' | 'o'): string[] {
  const { mail } = box.received.find(({ to }) => to === mailOf(customerNo))!;
  return [...String(mail.html).matchAll(new RegExp(`https?://[^"\\s]+(/m/${kind}/[^"\\s]+)`, 'g'))].map(([, path]) => path.replaceAll('&amp;', '&'));
}
const get = (url: string, headers: Record<string, string> = browser, method: 'GET' | 'HEAD' = 'GET') => brand.server.inject({ method, url, headers });
const told = async () => (await brand.messaging.sending.progress([runNo])).get(runNo)?.told;

describe('a link of a message', () => {
  it('leads where its template says, and is counted once for a person', async () => {
    const [path] = pathsIn(people[0], 'c');
    for (let times = 0; times < 3; times++) {
      const reply = await get(path);
      expect([reply.statusCode, reply.headers.location, reply.headers['cache-control']]).toEqual([302, shopLink, 'no-store']);
    }
    expect(await told()).toEqual({ clicked: 1 });
  });

  it('is followed without being counted by whoever only looks where it leads', async () => {
    const [path] = pathsIn(people[1], 'c');
    for (const [headers, method] of [[{ 'user-agent': '' }, 'GET'], [browser, 'HEAD'], [{ ...browser, 'sec-purpose': 'prefetch' }, 'GET'], [{ 'user-agent': 'Slackbot-LinkExpanding 1.0' }, 'GET']] as const) {
      const reply = await get(path, headers, method);
      expect([reply.statusCode, reply.headers.location]).toEqual([302, shopLink]);
    }
    expect(await told()).toEqual({});
  });

  it('cannot be made to lead elsewhere', async () => {
    const [path] = pathsIn(people[2], 'c');
    const [pixel] = pathsIn(people[2], 'o');
    const token = path.split('/')[3];
    const attempts = [
      `${path}?u=https://evil.test/`, `${path}?u=${encodeURIComponent(shopLink)}`, `${path}?url=https://evil.test/&u=//evil.test`,
      `/m/c/${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`, `/m/c/${token}A`, `/m/c/${pixel.split('/')[3]}`, '/m/c/https:%2F%2Fevil.test', '/m/c/..%2F..%2Fevil',
      `/m/c/${'A'.repeat(450)}`,
    ];
    for (const url of attempts) {
      const reply = await get(url);
      expect([url, reply.statusCode, reply.headers.location]).toEqual([url, 404, undefined]);
      expect(reply.body).not.toContain('evil');
    }
    expect((await get(`/m/c/${'A'.repeat(451)}`)).statusCode).toBe(400);
    expect(await told()).toEqual({});
  });

  it('still leads there when its template may not be used any more', async () => {
    await brand.platform.pg.query("update message_template_version set state = 'withdrawn'");
    const reply = await get(pathsIn(people[3], 'c')[0]);
    expect(reply.headers.location).toBe(shopLink);
    await brand.platform.pg.query("update message_template_version set state = 'approved'");
  });
});

describe('the picture of a mail', () => {
  it('is not taken to be opened by a person in the seconds in which it is only looked through, and is when they do', async () => {
    const [path] = pathsIn(people[5], 'o');
    await brand.platform.pg.query("update send_delivery set handed_at = handed_at + interval '1 minute' where customer_no = $1", [people[5]]);
    await get(path);
    expect(await told()).toEqual({ opened_by_machine: 1 });
    await brand.platform.pg.query("update send_delivery set handed_at = handed_at - interval '1 minute' where customer_no = $1", [people[5]]);
    await get(path);
    expect(await told()).toEqual({ opened: 1, opened_by_machine: 1 });
  });

  it('tells that it was opened, apart where a program opens every mail', async () => {
    const [mine, apples] = [pathsIn(people[4], 'o')[0], pathsIn(people[5], 'o')[0]];
    const reply = await get(mine);
    expect([reply.statusCode, reply.headers['content-type'], reply.rawPayload.subarray(0, 6).toString()]).toEqual([200, 'image/gif', 'GIF89a']);
    expect(reply.headers['cross-origin-resource-policy']).toBe('cross-origin');
    await get(apples, { 'user-agent': 'Mozilla/5.0' });
    expect(await told()).toEqual({ opened: 1, opened_by_machine: 1 });
    expect((await get('/m/o/nonsense')).statusCode).toBe(404);
  });
});

describe('a flood of requests', () => {
  it('is answered quickly, and counted once for each person', async () => {
    const paths = people.flatMap((no) => pathsIn(no, 'o'));
    const startedMs = performance.now();
    const replies = await Promise.all(Array.from({ length: 600 }, (_, i) => get(paths[i % paths.length])));
    expect(new Set(replies.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    expect(performance.now() - startedMs).toBeLessThan(10_000);
    expect(Object.values(await told() ?? {}).every((n) => n <= people.length)).toBe(true);
  });
});
