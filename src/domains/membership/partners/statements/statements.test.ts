import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPartnersServer, type PartnersServer } from '../../../../../test/partners-server.ts';
import {
  comparePartnerStatement,
  decidePartnerDifference,
  exportPartnerStatement,
  grantPartnerBenefit,
  listPartnerComparisons,
  listPartnerDifferences,
  listPartnerEntries,
  readPartnerLedger,
  readPartnerStatement,
  reversePartnerGrant,
  settlePartnerMonth,
  usePartnerBenefit,
} from '../../contract.ts';
import { mayDecide } from './differences.ts';

const june = { from: '2026-06-01', to: '2026-06-30' };

describe('statements of a partner', () => {
  let shop: PartnersServer;
  let of: { partnerId: number; contractId: number };
  let packNo: number;
  let customerNo: number;
  let made = 0;
  /** Grants used at these moments, one after the other. */
  let given: { grantNo: number; reference: string; code: string | null }[];
  const usedAt = [
    '2026-06-10T15:59:59Z',
    '2026-06-10T16:00:00Z',
    '2026-06-12T04:00:00Z',
    '2026-06-13T04:00:00Z',
  ];
  beforeAll(async () => {
    shop = await createPartnersServer();
    customerNo = await shop.person({ external_id: 'U-1' });
    of = await shop.running({ settlement: 'billed', billedOn: 'use' });
    packNo = await shop.pack(of, 0, { codes: 'issued' });
    given = [];
    for (const at of usedAt) {
      shop.clock.at = new Date(Date.parse(at) - 60_000);
      given.push(
        (
          await shop.ask(grantPartnerBenefit, {
            params: { packNo },
            body: { key: key(), customerNo },
          })
        ).body,
      );
      shop.clock.at = new Date(at);
      await shop.ask(usePartnerBenefit, {
        params: { packNo },
        body: { key: key(), code: given.at(-1)?.code ?? '' },
      });
    }
    shop.clock.at = new Date('2026-06-14T04:00:00Z');
    await shop.ask(reversePartnerGrant, {
      params: { grantNo: given[3].grantNo },
      body: { key: key(), reason: '退款', returns: false },
    });
    shop.clock.at = new Date('2026-07-02T04:00:00Z');
  });
  afterAll(() => shop.close());

  const key = (): string => `key ${++made}`;
  const params = () => ({ partnerId: of.partnerId });
  const ledger = async (partnerId = of.partnerId) =>
    (await shop.ask(readPartnerLedger, { params: { partnerId } })).body;
  const compare = (text: string, over: object = {}) =>
    shop.ask(comparePartnerStatement, {
      params: params(),
      body: { ...june, basis: 'used', text, ...over },
    });
  const differences = async (comparisonId: number, query: object = {}) =>
    (await shop.ask(listPartnerDifferences, { params: { comparisonId }, query })).body.rows;
  const decide = (
    differenceNo: number,
    body: {
      version: number;
      state: 'open' | 'accepted' | 'rejected' | 'settled';
      note: string;
      amount?: string;
    },
  ) => shop.ask(decidePartnerDifference, { params: { differenceNo }, body });

  it('tell each day of the brand’s time zone: the last second before midnight in Shanghai is still that day', async () => {
    const { days, timeZone } = (
      await shop.ask(readPartnerStatement, { params: params(), query: june })
    ).body;
    expect(timeZone).toBe('Asia/Shanghai');
    // The second was given in the last minute of one day and used in the first second of the next.
    expect(
      days.map(({ day, granted, used, reversed, amount }) => [
        day,
        granted,
        used,
        reversed,
        amount,
      ]),
    ).toEqual([
      ['2026-06-14', 0, 0, 1, '-12.5'],
      ['2026-06-13', 1, 1, 0, '12.5'],
      ['2026-06-12', 1, 1, 0, '12.5'],
      ['2026-06-11', 0, 1, 0, '12.5'],
      ['2026-06-10', 2, 1, 0, '12.5'],
    ]);
    expect(new Set(days.map(({ bought }) => bought))).toEqual(new Set([0]));
    expect(
      (
        await shop.ask(readPartnerStatement, {
          params: params(),
          query: { from: '2026-06-02', to: '2026-06-01' },
        })
      ).status,
    ).toBe(400);
    expect(
      (
        await shop.ask(readPartnerStatement, {
          params: params(),
          query: { from: '2024-06-02', to: '2026-06-01' },
        })
      ).status,
    ).toBe(400);
  });

  it('go to the partner as a file without anybody’s number and without a whole code, and that is written down', async () => {
    const csv = await shop.ask(exportPartnerStatement, { params: params(), query: june });
    const lines = csv.text.trim().split('\r\n');
    expect(lines.length).toBe(10);
    expect(lines[2]).toBe(
      `2,2026-06-10,2026-06-10T15:59:59.000Z,used,${packNo},${given[0].reference},${given[0].code?.slice(-4).replace(/^/, '…')},0,12.5,CNY`,
    );
    const json = JSON.parse(
      (
        await shop.ask(exportPartnerStatement, {
          params: params(),
          query: { ...june, format: 'json' },
        })
      ).text,
    ) as object[];
    expect([json.length, Object.keys(json[0]).includes('customerNo')]).toEqual([9, false]);
    for (const { code } of given) expect(csv.text.includes(code ?? 'none')).toBe(false);
    expect(
      (
        await shop.ask(exportPartnerStatement, {
          params: params(),
          query: { from: '2026-01-01', to: '2026-01-02', format: 'json' },
        })
      ).text,
    ).toBe('[]\n');
    const { rows } = await shop.platform.pg.query(
      "select details from audit_log where action = 'membership.partner_statement_exported' order by seq limit 1",
    );
    expect(rows).toEqual([{ details: { ...june, format: 'csv' } }]);
    expect(
      (await shop.ask(exportPartnerStatement, { params: { partnerId: 99_999 }, query: june }))
        .status,
    ).toBe(404);
  });

  it('case 40: are compared with the partner’s: matched, only ours, only theirs, amounts differ', async () => {
    const text = `核销日期,券码,门店,结算金额\n2026/6/10,${given[0].code},静安,¥12.50\n2026-06-11 00:00:01,${given[1].reference},静安,13\n2026-06-12,UNKNOWN-CODE-77,徐汇,"1,012.5"\n2026-06-10,${given[0].code},静安,12.5\n2026-06-12,,静安,12.5\n2026-06-12,X,静安,十二\n2026-05-31,${given[2].code},静安,12.5\n2026-06-31,${given[2].code},静安,12.5\n`;
    const { status, body } = await compare(text);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      lines: 8,
      matched: 1,
      matchedAmount: '12.5',
      onlyOurs: 1,
      onlyTheirs: 2,
      amountsDiffer: 1,
      open: 4,
      badCount: 4,
      bad: [
        { line: 6, why: 'no_reference' },
        { line: 7, why: 'no_amount' },
        { line: 8, why: 'outside_period' },
        { line: 9, why: 'bad_date' },
      ],
    });
    const rows = await differences(body.comparisonId);
    expect(
      rows.map(({ kind, reference, ourAmount, theirAmount, theirOn }) => [
        kind,
        reference,
        ourAmount,
        theirAmount,
        theirOn,
      ]),
    ).toEqual([
      ['amounts_differ', given[1].reference, '12.5', '13', '2026-06-11'],
      ['only_theirs', '…E-77', null, '1012.5', '2026-06-12'],
      ['only_theirs', given[0].reference, null, '12.5', '2026-06-10'],
      ['only_ours', given[2].reference, '12.5', null, null],
    ]);
    expect((await differences(body.comparisonId, { kind: 'only_ours' })).length).toBe(1);
    const { rows: kept } = await shop.platform.pg.query<{ text: string }>(
      'select d::text as text from partner_difference d union all select c::text from partner_comparison c',
    );
    for (const { text: stored } of kept) expect(stored).not.toContain('UNKNOWN-CODE');
    expect((await shop.ask(listPartnerComparisons, { params: params() })).body).toMatchObject({
      total: 1,
      rows: [{ comparisonId: body.comparisonId }],
    });
    expect(await compare('a,b\n1,2')).toMatchObject({
      status: 400,
      code: 'membership.partner_statement_columns',
    });
    expect(
      (
        await compare(
          `code,amount\n${given[0].code},12.5\n${given[1].code},12.5\n${given[2].code},12.5`,
        )
      ).body,
    ).toMatchObject({ matched: 3, matchedAmount: '37.5', open: 0 });
  });

  it('case 40: each difference is disputed by itself, with its history, and settled once; what it comes to is a line of the ledger', async () => {
    const {
      body: { comparisonId },
    } = await compare(
      `code,amount\n${given[0].code},12.5\n${given[1].code},15\n${given[2].code},12.5`,
    );
    const [{ differenceNo }] = await differences(comparisonId);
    expect(
      (await decide(differenceNo, { version: 1, state: 'settled', note: 'x', amount: '1' })).code,
    ).toBe('membership.partner_difference_undecided');
    expect((await decide(differenceNo, { version: 1, state: 'rejected', note: '' })).status).toBe(
      400,
    );
    expect(
      (await decide(differenceNo, { version: 1, state: 'rejected', note: '合同价为 12.5' })).body,
    ).toEqual({ version: 2 });
    expect((await decide(differenceNo, { version: 1, state: 'accepted', note: '' })).code).toBe(
      'membership.partner_part_edited_meanwhile',
    );
    await decide(differenceNo, { version: 2, state: 'accepted', note: '' });
    expect(
      (await decide(differenceNo, { version: 3, state: 'settled', note: '各让一步' })).status,
    ).toBe(400);
    const owed = (await ledger()).balances;
    await decide(differenceNo, { version: 3, state: 'settled', note: '各让一步', amount: '1.25' });
    expect((await decide(differenceNo, { version: 4, state: 'open', note: '' })).code).toBe(
      'membership.partner_difference_settled',
    );
    const [row] = await differences(comparisonId);
    expect([
      row.state,
      row.history.map(({ state, note, amount, by }) => [state, note, amount, by]),
    ]).toEqual([
      'settled',
      [
        ['rejected', '合同价为 12.5', null, 'test staff'],
        ['accepted', '', null, 'test staff'],
        ['settled', '各让一步', '1.25', 'test staff'],
      ],
    ]);
    expect([owed, (await ledger()).balances]).toEqual([
      [{ currency: 'CNY', owed: '37.5' }],
      [{ currency: 'CNY', owed: '38.75' }],
    ]);
    expect(
      (await shop.ask(listPartnerEntries, { params: params(), query: { kind: 'adjusted' } })).body
        .rows,
    ).toMatchObject([{ amount: '1.25', reason: '各让一步', packNo }]);
    expect((await decide(999_999, { version: 1, state: 'accepted', note: '' })).status).toBe(404);
    expect(mayDecide('settled', 'open')).toBe(false);
  });

  it('case 40: what one benefit differs by is settled once, in however many comparisons it stands', async () => {
    const text = `code,amount\n${given[0].code},12.5\n${given[1].code},15\n${given[2].code},12.5`;
    const { body: { comparisonId } } = await compare(text);
    const [{ differenceNo }] = await differences(comparisonId);
    await decide(differenceNo, { version: 1, state: 'accepted', note: '' });
    const again = { version: 2, state: 'settled' as const, note: '再来一次', amount: '2.5' };
    expect(await decide(differenceNo, again)).toMatchObject({
      status: 409,
      code: 'membership.partner_difference_settled_before',
    });
    expect((await ledger()).balances).toEqual([{ currency: 'CNY', owed: '38.75' }]);
    for (const amount of ['1e3', '99999999999999', '-99999999999999', '0.00001']) {
      expect((await decide(differenceNo, { ...again, amount })).status, amount).toBe(400);
    }
  });

  it('are compared with nobody with whom nothing was agreed', async () => {
    const partnerId = await shop.partner();
    const refused = await shop.ask(comparePartnerStatement, {
      params: { partnerId },
      body: { ...june, basis: 'used', text: 'code,amount\nX-1001,1' },
    });
    expect(refused).toMatchObject({ status: 409, code: 'membership.partner_without_contract' });
  });

  it('come to an amount for each month that is over, settled once with what was seen', async () => {
    const settle = (body: { month: string; amount: string; currency?: string }, k = key()) =>
      shop.ask(settlePartnerMonth, {
        params: params(),
        body: { key: k, currency: 'CNY', ...body },
      });
    expect((await ledger()).months).toEqual([
      { month: '2026-07', currency: 'CNY', due: '1.25', settled: '0', open: '1.25', isOver: false },
      { month: '2026-06', currency: 'CNY', due: '37.5', settled: '0', open: '37.5', isOver: true },
    ]);
    expect((await settle({ month: '2026-07', amount: '1.25' })).code).toBe(
      'membership.partner_month_not_over',
    );
    expect((await settle({ month: '2026-06', amount: '37' })).code).toBe(
      'membership.partner_month_changed',
    );
    expect((await settle({ month: '2026-06', amount: '37.5', currency: 'USD' })).code).toBe(
      'membership.partner_month_settled',
    );
    const both = await Promise.all([
      settle({ month: '2026-06', amount: '37.5' }, 'a'),
      settle({ month: '2026-06', amount: '37.50' }, 'b'),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const won = both[0].status === 200 ? 'a' : 'b';
    expect((await settle({ month: '2026-06', amount: '37.5' }, won)).body.isReplay).toBe(true);
    expect((await settle({ month: '2026-06', amount: '37.5' })).code).toBe(
      'membership.partner_month_settled',
    );
    // A use of June that is told in July counts in June, and is settled after the rest.
    shop.clock.at = new Date('2026-06-20T04:00:00Z');
    const { body: late } = await shop.ask(grantPartnerBenefit, {
      params: { packNo },
      body: { key: key(), customerNo },
    });
    shop.clock.at = new Date('2026-07-03T04:00:00Z');
    await shop.ask(usePartnerBenefit, {
      params: { packNo },
      body: { key: key(), code: late.reference, usedAt: '2026-06-25T00:00:00Z' },
    });
    const [, { month, open, settled }] = (await ledger()).months;
    expect([month, settled, open]).toEqual(['2026-06', '37.5', '12.5']);
    expect((await settle({ month: '2026-06', amount: '12.5' })).status).toBe(200);
    const { balances, faults } = await ledger();
    expect([balances, faults]).toEqual([[{ currency: 'CNY', owed: '1.25' }], []]);
  });
});
