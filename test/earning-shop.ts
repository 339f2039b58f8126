import { setTimeout as sleep } from 'node:timers/promises';
import { createLedger, type Ledger } from '../src/domains/membership/ledger/ledger.ts';
import { balanceOf, type Balance } from '../src/domains/membership/ledger/person.ts';
import { readPerson } from '../src/domains/membership/ledger/store/load.ts';
import type { ProgrammeDefinition } from '../src/domains/membership/contract/programme.ts';
import type { Multiplying } from '../src/domains/membership/activities/rules/multipliers.ts';
import { createRound } from '../src/domains/membership/earning/round/round.ts';
import { createMembers } from '../src/domains/membership/members/members.ts';
import { createProgramme } from '../src/domains/membership/programme/programme.ts';
import { lineagesOf } from '../src/domains/customers/public.ts';
import type { Platform } from '../src/platform/platform.ts';
import { createTestPlatform } from './harness.ts';
import { insertLines, orderKeyOf, type TestLine } from './order-lines.ts';
import { publishSample, sampleProgramme } from './sample-programme.ts';

export type ProgrammeChanges = Parameters<typeof sampleProgramme>[0];

/** Orders and members of a test, and what the orders earn. */
export interface EarningShop {
  platform: Platform;
  ledger: Ledger;
  setTime(now: string | Date): void;
  /** Publishes a version that begins at a moment. */
  publish(changes: ProgrammeChanges, startsAt: string): Promise<number>;
  /** Makes members as of a moment, and whoever they are customers. */
  join(customerNos: number[], at?: string, tier?: string): Promise<void>;
  /** Facts arrive, in one batch. */
  tell(lines: Partial<TestLine>[]): Promise<void>;
  /** Facts about an order are taken out again, as the undoing of an import does, which is told of. */
  forget(...orders: string[]): Promise<void>;
  /** Looks at what is new until nothing is; returns whose growth changed. */
  round(): Promise<number[]>;
  balance(customerNo: number): Promise<Balance>;
  growth(customerNo: number): Promise<number>;
  close(): Promise<void>;
}

export async function createEarningShop(given?: Platform, activities: readonly Multiplying[] = []): Promise<EarningShop> {
  const test = given
    ? { platform: given, close: async () => {} }
    : await createTestPlatform();
  let now: Date | null = new Date('2026-06-18T04:00:00Z');
  const platform: Platform = {
    ...test.platform,
    clock: { now: () => now ?? new Date() },
  };
  const { pg, clickhouse } = platform;
  const programme = createProgramme(platform);
  const fresh = {
    ...programme,
    versions: () => createProgramme(platform).versions(),
    pauses: () => createProgramme(platform).pauses(),
  };
  const doors = {
    platform,
    programme: fresh,
    members: createMembers(platform, fresh),
    ledger: createLedger(platform, lineagesOf),
  };
  const round = createRound(doors, async () => activities);
  let importId = 0;
  await pg.query(
    `insert into membership_cursor (name, position) values ('joining', '{"after": null}') on conflict do nothing`,
  );
  return {
    platform,
    ledger: doors.ledger,
    setTime: (given) => void (now = new Date(given)),
    publish: (changes, startsAt) =>
      publishSample(pg, sampleProgramme(changes) as ProgrammeDefinition, startsAt),
    async join(customerNos, at = '2026-01-01T00:00:00Z', tier = 'silver') {
      await pg.query(
        'insert into customer (customer_no, created_at) select no, now() from unnest($1::int[]) as n (no) on conflict do nothing',
        [customerNos],
      );
      await pg.query(
        `with joined as (insert into member (customer_no, joined_at, joined_by, tier, tier_since, cycle_start, version_no)
          select no, $2, 'order', $3, $2, $2, (select min(version_no) from programme_version) from unnest($1::int[]) as n (no) returning customer_no, version_no)
        insert into tier_change (customer_no, kind, to_tier, cycle_start, occurred_at, recorded_at, version_no, derivation) select customer_no, 'join', $3, $2, $2, $2, version_no, '{}' from joined`,
        [customerNos, at, tier],
      );
      // Joinings are told once no earlier transaction is open, of other test files of the same server as well.
      while (
        (
          await pg.query(
            'select 1 from tier_change where transaction_id >= pg_snapshot_xmin(pg_current_snapshot()) limit 1',
          )
        ).rowCount
      )
        await sleep(20);
    },
    async tell(lines) {
      const {
        rows: [{ no }],
      } = await pg.query<{ no: number }>(
        `insert into fact_batch (file, byte_offset, byte_length, checksum, row_counts) values ('test', 0, 0, '', '{}') returning batch_no as no`,
      );
      await insertLines(clickhouse, lines, no);
      await pg.query(
        'update fact_batch set applied_at = clock_timestamp() where batch_no = $1',
        [no],
      );
    },
    async forget(...orders) {
      await clickhouse.command(
        'delete from order_line where order_key in {keys:Array(UInt64)}',
        { keys: orders.map((order) => BigInt(orderKeyOf(order))) },
      );
      await pg.query(
        `insert into import_run (kind, state, file_name, size_bytes, content_hash, inspection, created_by, undone_at) values ('order_lines', 'undone', $1, 0, '', '{}', 'test', clock_timestamp())`,
        [`import ${++importId}`],
      );
    },
    async round() {
      const {
        rows: [{ last }],
      } = await pg.query('select coalesce(max(entry_no), 0) as last from growth_entry');
      while (await round());
      const { rows } = await pg.query<{ no: number }>(
        'select distinct customer_no as no from growth_entry where entry_no > $1 order by 1',
        [last],
      );
      return rows.map(({ no }) => no);
    },
    balance: async (customerNo) =>
      balanceOf(await readPerson(pg, [customerNo]), platform.clock.now().getTime()),
    async growth(customerNo) {
      const { rows } = await pg.query<{ growth: number }>(
        'select coalesce(sum(amount), 0)::bigint as growth from growth_entry where customer_no = $1',
        [customerNo],
      );
      return rows[0].growth;
    },
    close: test.close,
  };
}
