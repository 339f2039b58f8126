import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPartnersServer, type PartnersServer } from '../../../../../test/partners-server.ts';
import { mergeCustomers } from '../../../customers/contract.ts';
import {
  addPartnerEstimate,
  openPartnerMatching,
  readPartnerOverlap,
  removePartnerEstimate,
  uploadPartnerHashes,
} from '../../contract.ts';
import { readHashes } from './read-hashes.ts';
import { wilsonShare } from './share.ts';
import { toldCount } from './told-count.ts';

const phone = (n: number): string => `+86138${String(n).padStart(8, '0')}`;
/** As a partner would do it, with nothing of ours. */
const hashed = (key: string, values: readonly string[]): string =>
  values.map((value) => createHmac('sha256', key).update(value, 'utf8').digest('hex')).join('\n');
const strangers = (count: number): string[] =>
  Array.from({ length: count }, (_, n) => phone(50_000_000 + n));

describe('how many customers a partner and we have in common', () => {
  let shop: PartnersServer;
  let partnerId: number;
  let people: number[];
  beforeAll(async () => {
    shop = await createPartnersServer();
    partnerId = await shop.partner();
    people = [];
    for (let n = 0; n < 120; n++)
      people.push(
        await shop.person({ phone: phone(n), ...(n < 3 ? { email: `u${n}@example.com` } : {}) }),
      );
    for (let n = 0; n < 30; n++) await shop.person({ external_id: `U-${n}` });
  });
  afterAll(() => shop.close());

  const open = async (kind: 'phone' | 'email' = 'phone', of = partnerId) =>
    (await shop.ask(openPartnerMatching, { params: { partnerId: of }, body: { kind } })).body;
  const upload = (matchingId: number, text: string, of = partnerId) =>
    shop.ask(uploadPartnerHashes, { params: { partnerId: of, matchingId }, body: { text } });
  const overlap = async (of = partnerId) =>
    (await shop.ask(readPartnerOverlap, { params: { partnerId: of } })).body;

  it('is counted from hashes that the partner makes with a key; nothing but cut counts stays', async () => {
    const { matchingId, key, example } = await open();
    expect(createHmac('sha256', key).update(example.value).digest('hex')).toBe(example.hash);
    // 87 of ours, of whom one is listed by two numbers after a merge.
    await shop.ask(
      mergeCustomers,
      { body: { survivorNo: people[0], absorbedNo: people[1] } },
      'customers.merge',
    );
    const { status, body } = await upload(
      matchingId,
      `hash\n${hashed(key, [...Array.from({ length: 88 }, (_, n) => phone(n)), ...strangers(1_000)])}\n${hashed(key, [phone(5)]).toUpperCase()}\n`,
    );
    expect([status, body]).toEqual([
      202,
      { lines: 1_090, listed: 1_088, repeated: 1, bad: [1], badCount: 1 },
    ]);
    expect(await shop.partners.compareWaiting()).toBe(1);
    const {
      estimates: [found],
      customers,
      matchings,
    } = await overlap();
    expect(customers).toBe(149);
    expect(found).toMatchObject({
      kind: 'matched',
      isBelowFloor: false,
      basis: { by: 'phone', compared: 119, matched: 80, listed: 1_088 },
      share: 80 / 119,
      people: 100,
      asOf: '2026-06-18',
      madeBy: 'test staff',
    });
    expect([found.low < found.share, found.high > found.share, matchings[0].state]).toEqual([
      true,
      true,
      'done',
    ]);
    const { rows } = await shop.platform.pg.query(
      'select hashes, sealed_key from partner_matching where matching_id = $1',
      [matchingId],
    );
    expect(rows).toEqual([{ hashes: null, sealed_key: null }]);
  });

  it('is not told below the floor: it may be nobody', async () => {
    const { matchingId, key } = await open();
    await upload(
      matchingId,
      hashed(key, [...Array.from({ length: 10 }, (_, n) => phone(n)), ...strangers(1_000)]),
    );
    await shop.partners.compareWaiting();
    const {
      estimates: [found],
    } = await overlap();
    expect(found).toMatchObject({
      isBelowFloor: true,
      low: 0,
      lowPeople: 0,
      basis: { matched: 50 },
    });
    expect(JSON.stringify(found)).not.toContain('"matched":10');
    expect(
      [toldCount(0), toldCount(49), toldCount(50), toldCount(59)].map((each) => [
        each.matched,
        each.isBelowFloor,
      ]),
    ).toEqual([
      [50, true],
      [50, true],
      [50, false],
      [50, false],
    ]);
  });

  it('takes one list for a key, of a thousand or more, in time, and so many in a month', async () => {
    const other = await shop.partner();
    const { matchingId, key } = await open('phone', other);
    expect(await upload(matchingId, hashed(key, strangers(999)), other)).toMatchObject({
      status: 400,
      code: 'membership.partner_list_too_short',
    });
    expect(
      (await upload(matchingId, hashed(key, strangers(1_000)))).status,
      'another partner’s',
    ).toBe(404);
    expect((await upload(matchingId, hashed(key, strangers(1_000)), other)).status).toBe(202);
    expect(await upload(matchingId, hashed(key, strangers(1_000)), other)).toMatchObject({
      status: 409,
      code: 'membership.partner_matching_over',
    });
    const late = await open('email', other);
    shop.clock.at = new Date(shop.clock.at.getTime() + 15 * 86_400_000);
    expect(await upload(late.matchingId, hashed(late.key, strangers(1_000)), other)).toMatchObject({
      status: 409,
      code: 'membership.partner_matching_over',
    });
    expect((await overlap(other)).matchings.map(({ state }) => state)).toEqual(['over', 'waiting']);
    for (let n = 0; n < 8; n++) await open('phone', other);
    expect(
      await shop.ask(openPartnerMatching, {
        params: { partnerId: other },
        body: { kind: 'phone' },
      }),
    ).toMatchObject({ status: 409, code: 'membership.too_many_partner_matchings' });
    await shop.partners.compareWaiting();
  });

  it('is estimated by a survey with the interval of chance, and by affinity with the range that was said', async () => {
    const other = await shop.partner();
    const survey = await shop.ask(addPartnerEstimate, {
      params: { partnerId: other },
      body: { kind: 'survey', source: '会员问卷', asOf: '2026-06-01', asked: 400, saidYes: 100 },
    });
    await shop.ask(addPartnerEstimate, {
      params: { partnerId: other },
      body: {
        kind: 'affinity',
        source: '行业报告',
        asOf: '2026-05-01',
        category: '茶',
        low: 0.1,
        likely: 0.2,
        high: 0.4,
      },
    });
    const {
      estimates: [affinity, asked],
    } = await overlap(other);
    expect(affinity).toMatchObject({
      share: 0.2,
      low: 0.1,
      high: 0.4,
      people: 30,
      lowPeople: 14,
      highPeople: 60,
      source: '行业报告',
    });
    expect(asked).toMatchObject({ estimateId: survey.body.estimateId, share: 0.25, people: 37 });
    expect([asked.low, asked.high].map((value) => value.toFixed(4))).toEqual(['0.2101', '0.2947']);
    expect(
      (
        await shop.ask(addPartnerEstimate, {
          params: { partnerId: other },
          body: { kind: 'survey', source: 'x', asOf: '2026-06-01', asked: 4, saidYes: 5 },
        })
      ).status,
    ).toBe(400);
    expect(
      (
        await shop.ask(addPartnerEstimate, {
          params: { partnerId: other },
          body: {
            kind: 'affinity',
            source: 'x',
            asOf: '2026-06-01',
            category: 'x',
            low: 0.5,
            likely: 0.4,
            high: 1,
          },
        })
      ).status,
    ).toBe(400);
    const params = { partnerId: other, estimateId: asked.estimateId };
    expect([
      (await shop.ask(removePartnerEstimate, { params })).status,
      (await shop.ask(removePartnerEstimate, { params })).status,
    ]).toEqual([204, 404]);
  });
});

it('the score interval is that of Newcombe’s table', () => {
  // Newcombe (1998), table I, method 3.
  const table: [number, number, string, string][] = [
    [81, 263, '0.2553', '0.3662'],
    [15, 148, '0.0624', '0.1605'],
    [0, 20, '0.0000', '0.1611'],
    [1, 29, '0.0061', '0.1718'],
  ];
  for (const [found, asked, low, high] of table) {
    const share = wilsonShare(found, asked);
    expect([share.low.toFixed(4), share.high.toFixed(4)], `${found}/${asked}`).toEqual([low, high]);
  }
  expect(wilsonShare(20, 20).high).toBe(1);
  expect(wilsonShare(0, 0)).toEqual({ share: 0, low: 0, high: 1 });
});

it('a file of hashes is told line by line', async () => {
  const hash = 'ab'.repeat(32);
  const { hashes, ...read } = await readHashes(
    `\uFEFF"${hash}",x\r\n\r\n${hash.toUpperCase()}\nabc\n+8613800138000\n${'0'.repeat(64)};`,
  );
  expect(read).toEqual({ lines: 5, listed: 2, repeated: 1, bad: [4, 5], badCount: 2 });
  expect(hashes.toString('hex')).toBe(hash + '0'.repeat(64));
});
