import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEarningShop, type EarningShop } from '../../../../../test/earning-shop.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { proveLedger } from '../../ledger/store/proof.ts';
import { readNewPeople } from './new-people.ts';

const at = '2026-03-01T04:00:00.000Z';

describe('of whom a history is written at once', () => {
  let shop: EarningShop;
  let people = 0;
  beforeAll(async () => {
    shop = await createEarningShop();
    await shop.publish({ points: { takeBack: 'debt' } }, '2026-01-01T00:00:00Z');
  });
  afterAll(() => shop.close());
  const sql = (text: string, values: unknown[] = []) => shop.platform.pg.query(text, values);

  async function joined(count: number): Promise<number[]> {
    const numbers = Array.from({ length: count }, () => ++people);
    await shop.join(numbers, '2026-01-01T00:00:00Z');
    return numbers;
  }

  it('are those of whom nothing is written, with the times in which they were members', async () => {
    const [member, left, account, order, grown, opened, merged, survivor] = await joined(8);
    const guest = ++people;
    await sql('insert into customer (customer_no, created_at) values ($1, now())', [guest]);
    await sql('update member set left_at = $2 where customer_no = $1', [left, at]);
    await sql('insert into points_account (customer_no) values ($1)', [account]);
    await sql(
      `insert into order_earning (order_key, customer_no, order_id, placed_at, version_no, sold, applied, regular, bonus, by_money, per_order, points, growth, shortfall, entries, earnings)
        values (1, $1, 'O', $2, 1, 0, '{}', 0, 0, 0, 0, 0, 0, 0, 0, '[]')`,
      [order, at],
    );
    await sql(
      `insert into growth_entry (customer_no, amount, kind, occurred_at, recorded_at, entry_key, derivation) values ($1, 1, 'activity', $2, $2, 'activity 1', '{}')`,
      [grown, at],
    );
    await sql(
      'insert into earning_opening (customer_no, points, growth, recorded_at) values ($1, 0, 0, $2)',
      [opened, at],
    );
    await sql('update customer set merged_into = $2 where customer_no = $1', [
      merged,
      survivor,
    ]);
    const all = [member, left, account, order, grown, opened, merged, survivor, guest, 9_999];
    const joinedAt = Date.parse('2026-01-01T00:00:00Z');
    expect(await readNewPeople(shop.platform.pg, all)).toEqual(
      new Map([
        [member, [{ joinedAt, leftAt: null }]],
        [left, [{ joinedAt, leftAt: Date.parse(at) }]],
        [guest, []],
      ]),
    );
  });

  it('earn nothing where they never were members, and are not looked at one by one', async () => {
    const [member] = await joined(1);
    const guest = ++people;
    await sql('insert into customer (customer_no, created_at) values ($1, now())', [guest]);
    const bought = { at, amount: 70 };
    await shop.tell([
      { ...bought, customerNo: member, order: 'N1' },
      { ...bought, customerNo: guest, order: 'N2' },
    ]);
    expect(await shop.round()).toContain(member);
    expect(await shop.balance(member)).toMatchObject({ available: 70 });
    const { rows } = await sql('select from points_account where customer_no = $1', [guest]);
    expect(rows).toEqual([]);
  });

  it('earn an order once, whichever comes first: their history, or a command with its key at the same moment', async () => {
    const numbers = await joined(24);
    await shop.tell(
      numbers.map((customerNo) => ({ customerNo, order: `T${customerNo}`, at, amount: 50 })),
    );
    await sql(`delete from membership_cursor where name = 'earning'`);
    const keyOf = async (no: number): Promise<string> => {
      const [{ key }] = (await shop.platform.clickhouse.rows(
        'select toString(any(order_key)) as key from order_line where customer_no = {no:UInt32}',
        { no },
      )) as { key: string }[];
      return `order ${key} 1`;
    };
    const keys = new Map<number, string>();
    for (const no of numbers) keys.set(no, await keyOf(no));
    const command = (no: number) => ({
      key: keys.get(no) ?? '',
      customerNo: no,
      kind: 'earn' as const,
      amount: 50,
      occurredAt: Date.parse(at),
      availableAt: Date.parse(at),
      expiresAt: null,
      derivation: { by: 'hand' },
    });
    const looking = shop.round();
    const sent = numbers.map((no, i) =>
      new Promise((resolve) => setTimeout(resolve, 15 * i)).then(() =>
        shop.ledger.execute(command(no)),
      ),
    );
    await Promise.all([looking, ...sent]);
    await shop.round();
    const { rows } = await sql(
      `select customer_no, count(*)::int as earned, sum(amount)::int as points from points_entry where customer_no = any($1) and kind = 'earn' group by 1 order by 1`,
      [numbers],
    );
    expect(rows).toEqual(
      numbers.map((no) => ({ customer_no: no, earned: 1, points: 50 })),
    );
    const again = await Promise.all(numbers.map((no) => shop.ledger.execute(command(no))));
    expect(again.every(({ isReplay }) => isReplay)).toBe(true);
    expect(await proveLedger(shop.platform.pg)).toEqual({
      imbalances: [],
      wrongLots: [],
      overReversed: [],
    });
  });

  it('cannot be given an earning twice under one key, whoever writes it: the database refuses it', async () => {
    const [no] = await joined(1);
    await inTransaction(shop.platform.pg, (client) =>
      shop.ledger.carryOut(client, [
        { key: 'once', customerNo: no, kind: 'earn', amount: 5, occurredAt: 0, availableAt: 0, expiresAt: null, derivation: {} },
      ]),
    );
    const again = sql(
      `insert into points_entry select entry_no + 1000000, customer_no, kind, amount, shortfall, occurred_at, recorded_at, command_key, reverses, derivation from points_entry where customer_no = $1`,
      [no],
    );
    await expect(again).rejects.toThrow('points_entry_earned');
    const growth = `insert into growth_entry (customer_no, amount, kind, occurred_at, recorded_at, entry_key, derivation) values ($1, 1, 'order', $2, $2, 'order 1 2', '{}')`;
    await sql(growth, [no, at]);
    await expect(sql(growth, [no, at])).rejects.toThrow('growth_entry_key');
  });
});
