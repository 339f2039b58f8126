import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPartnersServer, type PartnersServer } from '../../../../../test/partners-server.ts';
import { grantPartnerBenefit, listPartnerContracts, uploadPartnerCodes } from '../../contract.ts';
import { issueCode, readIssuedCode } from './issued-code.ts';
import { endOf } from './keep-codes.ts';
import { readCodes } from './read-codes.ts';

const anyCode = fc
  .uint8Array({ minLength: 15, maxLength: 15 })
  .map((bytes) => issueCode(() => bytes));
const characters = [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'];
const places = Array.from({ length: 19 }, (_, n) => n).filter((n) => n % 5 !== 4);
const put = (code: string, place: number, character: string): string =>
  code.slice(0, place) + character + code.slice(place + 1);

describe('a code of ours', () => {
  it('is read however it is typed', () => {
    fc.assert(
      fc.property(anyCode, (code) => {
        expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
        for (const typed of [
          code,
          code.toLowerCase(),
          code.replaceAll('-', ''),
          ` ${code.replaceAll('-', ' ')} `,
          code.replaceAll('0', 'o').replaceAll('1', 'l'),
          code.replaceAll('1', 'I'),
        ])
          expect(readIssuedCode(typed)).toBe(code);
      }),
    );
  });

  it('is known to be mistyped by any one wrong character, and by any two that changed places', () => {
    fc.assert(
      fc.property(
        anyCode,
        fc.constantFrom(...places),
        fc.constantFrom(...places),
        fc.constantFrom(...characters),
        (code, one, other, character) => {
          if (code[one] !== character) expect(readIssuedCode(put(code, one, character))).toBeNull();
          if (code[one] !== code[other])
            expect(
              readIssuedCode(put(put(code, one, code[other] ?? ''), other, code[one] ?? '')),
            ).toBeNull();
        },
      ),
      { numRuns: 2_000 },
    );
    for (const text of ['', 'ABCD', 'U'.repeat(16), '汉'.repeat(16), `${issueCode()}0`])
      expect(readIssuedCode(text)).toBeNull();
  });

  it('is never the same twice, and uses all characters alike', () => {
    const codes = Array.from({ length: 20_000 }, () => issueCode());
    expect(new Set(codes).size).toBe(codes.length);
    const counts = new Map<string, number>();
    for (const code of codes)
      for (const character of code.replaceAll('-', ''))
        counts.set(character, (counts.get(character) ?? 0) + 1);
    expect(counts.size).toBe(32);
    // 10,000 of each are expected; five standard deviations are 492.
    for (const count of counts.values()) expect(Math.abs(count - 10_000)).toBeLessThan(550);
  });
});

it('a file of codes is told line by line, without saying a code again', () => {
  const { codes, ...read } = readCodes(
    '\uFEFF券码\r\n"A-1001",9.9\r\nA-1001\nAB\n\nA 1002\n券码一二三\n' +
      `${'x'.repeat(65)}\nB-2001;\n`,
    1_000,
  );
  expect(codes).toEqual(['A-1001', 'B-2001']);
  expect(read).toEqual({
    lines: 7,
    repeated: 1,
    badCount: 4,
    bad: [
      { line: 4, why: 'too_short' },
      { line: 6, why: 'blank_inside' },
      { line: 7, why: 'not_plain' },
      { line: 8, why: 'too_long' },
    ],
  });
  expect(readCodes('AAAA\n'.repeat(10), 3).lines).toBe(4);
  expect(['', 'AB', 'ABCDEF', 'ABCDEFGHIJKLMNOP'].map(endOf)).toEqual(['…', '…', '…EF', '…MNOP']);
});

describe('codes that a partner gave', () => {
  let shop: PartnersServer;
  beforeAll(async () => {
    shop = await createPartnersServer();
  });
  afterAll(() => shop.close());

  const upload = (packNo: number, text: string) =>
    shop.ask(uploadPartnerCodes, { params: { packNo }, body: { text } });

  it('are each given once, in their order; without one nothing is given though the pack holds more', async () => {
    const customerNo = await shop.person({ external_id: 'C1' });
    const of = await shop.running();
    const packNo = await shop.pack(of, 10, { codes: 'uploaded' });
    const give = (key: string) =>
      shop.ask(grantPartnerBenefit, { params: { packNo }, body: { key, customerNo } });
    expect(await give('a')).toMatchObject({
      status: 409,
      code: 'membership.partner_pack_without_codes',
    });
    expect((await upload(packNo, 'CODE-1\nCODE-2\nCODE-2\nx')).body).toMatchObject({
      lines: 4,
      added: 2,
      repeated: 1,
      known: 0,
      badCount: 1,
    });
    expect((await upload(packNo, 'CODE-2\nCODE-3')).body).toMatchObject({ added: 1, known: 1 });
    const given = await Promise.all(['a', 'b', 'c', 'd'].map(give));
    expect(given.map(({ status }) => status).sort()).toEqual([200, 200, 200, 409]);
    expect(
      given
        .filter(({ status }) => status === 200)
        .map(({ body }) => body.code)
        .sort(),
    ).toEqual(['CODE-1', 'CODE-2', 'CODE-3']);
    const {
      packs: [pack],
    } = (await shop.ask(listPartnerContracts, { params: { partnerId: of.partnerId } })).body;
    expect(pack).toMatchObject({ left: 7, freeCodes: 0, refusal: 'partner_pack_without_codes' });
  });

  it('belong to one pack of a partner, and cannot be read in the database', async () => {
    const of = await shop.running();
    const [one, two] = [
      await shop.pack(of, 5, { codes: 'uploaded' }),
      await shop.pack(of, 5, { codes: 'uploaded' }),
    ];
    await upload(one, 'SECRET-CODE-1');
    expect((await upload(two, 'SECRET-CODE-1')).body).toMatchObject({ added: 0, known: 1 });
    const { rows } = await shop.platform.pg.query<{ text: string }>(
      'select c::text as text from partner_code c union all select e::text from partner_event e union all select a::text from audit_log a',
    );
    for (const { text } of rows) expect(text.includes('SECRET-CODE')).toBe(false);
    const plain = await shop.pack(of, 5);
    expect(await upload(plain, 'AAAA')).toMatchObject({
      status: 409,
      code: 'membership.partner_codes_not_uploaded',
    });
    expect(await upload(one, 'AAAA\n'.repeat(200_001))).toMatchObject({
      status: 400,
      code: 'membership.too_many_partner_codes',
    });
  });
});
