import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../../test/harness.ts';
import { publishSample, sampleProgramme } from '../../../../../test/sample-programme.ts';
import { addMembers } from '../../../../../test/tier-brand.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { createProgramme } from '../../programme/programme.ts';
import { createTierKeeper, type TierKeeper } from '../keep/keeper.ts';
import { beginDecision, carryOutDecision, runningDecision } from './decide-all.ts';

const people = 4_500;

describe('a decision about everybody who waits', () => {
  let test: TestPlatform;
  let keeper: TierKeeper;
  beforeAll(async () => {
    test = await createTestPlatform();
    const { pg, clock } = test.platform;
    const tierRules = { clock: { kind: 'calendar' as const, months: 12, startMonth: 1 }, review: 'approved' as const };
    await publishSample(pg, sampleProgramme({ tierRules }), '2025-01-01T00:00:00+08:00');
    await addMembers(pg, Array.from({ length: people }, (_, i) => i + 1), '2025-01-01T00:00:00+08:00');
    await pg.query(
      `insert into growth_entry (customer_no, amount, kind, occurred_at, recorded_at, entry_key, derivation)
        select n, 1200, 'order', '2025-06-01', '2025-06-01', 'seed ' || n, '{}' from generate_series(1, $1::int) n`,
      [people],
    );
    await pg.query("update member set due_at = '2025-06-01'");
    keeper = createTierKeeper(test.platform, createProgramme(test.platform));
    for (const moment of ['2025-06-02T00:00:00+08:00', '2027-01-01T00:00:05+08:00']) {
      clock.now = () => new Date(moment);
      while ((await keeper.settleDue()) > 0);
    }
  });
  afterAll(() => test.close());
  const count = async (where: string) =>
    (await test.platform.pg.query<{ n: number }>(`select count(*)::int as n from member where ${where}`)).rows[0].n;

  it('is carried out some thousand at a time after one press, goes on after a stop, and leaves those who came to wait since', async () => {
    const { pg, clock } = test.platform;
    expect(await count('awaiting_since is not null')).toBe(people);
    await pg.query("update member set awaiting_since = '2027-02-01' where customer_no = 7");
    const decision = { verdict: 'drop' as const, reason: '2026', by: 'Anna' };
    expect(await inTransaction(pg, (client) => beginDecision(client, decision, clock.now()))).toBe(people - 1);
    expect(await carryOutDecision(test.platform, keeper)).toBe(true);
    expect(await runningDecision(pg)).toMatchObject({ ...decision, people: people - 1, decided: 2_000 });
    // Another process looks at the same time: each person is decided about once.
    await Promise.all([0, 1].map(async () => {
      while (await carryOutDecision(test.platform, keeper));
    }));
    while (await carryOutDecision(test.platform, keeper));
    expect(await runningDecision(pg)).toBeNull();
    expect([await count("tier = 'silver'"), await count('awaiting_since is not null')]).toEqual([people - 1, 1]);
    const { rows } = await pg.query("select count(*)::int as n, count(distinct customer_no)::int as people from tier_decision where verdict = 'drop'");
    expect(rows).toEqual([{ n: people - 1, people: people - 1 }]);
    // The next press finds who is left.
    clock.now = () => new Date('2027-03-01T00:00:00+08:00');
    expect(await inTransaction(pg, (client) => beginDecision(client, { ...decision, verdict: 'keep' }, clock.now()))).toBe(1);
    while (await carryOutDecision(test.platform, keeper));
    expect(await count("tier = 'gold' and awaiting_since is null")).toBe(1);
  });
});
