import type { Actor } from '../src/kernel/actor.ts';
import { systemActor } from '../src/kernel/actor.ts';
import type { MallItemDefinition } from '../src/domains/membership/contract/mall.ts';
import { createLedger, type Ledger } from '../src/domains/membership/ledger/ledger.ts';
import { createMall, type Mall } from '../src/domains/membership/mall/mall.ts';
import { noPartnerBenefits, type PartnerBenefits } from '../src/domains/membership/mall/partner-benefits.ts';
import { createMembers } from '../src/domains/membership/members/members.ts';
import { createProgramme } from '../src/domains/membership/programme/programme.ts';
import { lineagesOf } from '../src/domains/customers/public.ts';
import { createTestPlatform, type TestPlatform } from './harness.ts';
import { publishSample, sampleProgramme } from './sample-programme.ts';

export const plainItem: MallItemDefinition = {
  names: { 'zh-CN': '帆布袋', en: 'Tote bag' },
  note: '',
  icon: 'bag',
  color: '#336699',
  points: 100,
  money: '0',
  delivery: { kind: 'shipment' },
  limits: { perDay: null, total: null },
  tiers: [],
  startsAt: null,
  endsAt: null,
  payMinutes: 30,
};

/** A mall with members who have points, over a file's own stores, at a time of its own. */
export interface MallShop {
  test: TestPlatform;
  mall: Mall;
  ledger: Ledger;
  setTime(now: Date): void;
  now(): Date;
  /** Puts an item on the mall past the endpoints. */
  addItem(changes?: Partial<MallItemDefinition>, stock?: number | null): Promise<number>;
  exchange(customerNo: number, itemNo: number, key?: string, actor?: Actor): ReturnType<Mall['exchange']>;
  left(itemNo: number): Promise<number | null>;
  rows<T>(sql: string, values?: unknown[]): Promise<T[]>;
}

export interface MallShopOptions {
  people: number;
  points: number;
  partners?: PartnerBenefits;
  /** Comes between the mall and the ledger: to cut a command short. */
  between?: (ledger: Ledger) => Pick<Ledger, 'execute'>;
}

/** Makes the customers 1 to `people` members of the lowest tier with so many points each. */
export async function createMallShop({ people, points, partners = noPartnerBenefits, between }: MallShopOptions): Promise<MallShop> {
  const test = await createTestPlatform();
  const { platform } = test;
  const { pg } = platform;
  let now = new Date();
  platform.clock.now = () => now;
  const ledger = createLedger(platform, lineagesOf);
  const programme = createProgramme(platform);
  const members = createMembers(platform, programme);
  const mall = createMall({ platform, ledger: { ...ledger, ...between?.(ledger) }, members, programme }, partners);
  const version = await publishSample(pg, sampleProgramme(), '2025-01-01T00:00:00Z');
  await pg.query('insert into customer (customer_no, created_at) select n, now() from generate_series(1, $1::int) n', [people]);
  await pg.query(
    `insert into member (customer_no, joined_at, joined_by, tier, tier_since, cycle_start, version_no)
      select n, '2026-01-05', 'page', 'silver', '2026-01-05', '2026-01-05', $1 from generate_series(1, $2::int) n`, [version, people]);
  await Promise.all(Array.from({ length: people }, (_, i) =>
    ledger.execute({ kind: 'earn', key: `start ${i + 1}`, customerNo: i + 1, occurredAt: 0, derivation: {}, amount: points, availableAt: 0, expiresAt: null })));
  let made = 0;
  const rows = async <T>(sql: string, values: unknown[] = []): Promise<T[]> => (await pg.query(sql, values)).rows as T[];
  return {
    test, mall, ledger, rows,
    setTime: (given) => void (now = given),
    now: () => now,
    async addItem(changes = {}, stock = 10) {
      const [{ itemNo }] = await rows<{ itemNo: number }>(
        "insert into mall_item (definition, state, stock, edited_by, edited_at) values ($1, 'listed', $2, 'test', now()) returning item_no as \"itemNo\"", [{ ...plainItem, ...changes }, stock]);
      return itemNo;
    },
    exchange: (customerNo, itemNo, key = `made ${++made}`, actor = systemActor) => mall.exchange({ key, customerNo, itemNo }, actor),
    left: async (itemNo) => (await rows<{ left: number | null }>('select stock - taken as left from mall_item where item_no = $1', [itemNo]))[0].left,
  };
}
