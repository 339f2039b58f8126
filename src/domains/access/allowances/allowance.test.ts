import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, staff, type TestPlatform } from '../../../../test/harness.ts';
import type { Actor } from '../../../kernel/actor.ts';
import { useAllowance } from './allowance.ts';

describe('an allowance', () => {
  let test: TestPlatform;
  let now = new Date('2026-03-01T08:00:00Z');
  beforeAll(async () => {
    test = await createTestPlatform();
  });
  afterAll(() => test.close());
  const use = (actor: Actor, what: string) =>
    useAllowance({ pg: test.platform.pg, clock: { now: () => now } }, actor, { what, most: 5, refusal: 'platform.bad_request' });
  const outcome = (actor: Actor, what: string) => use(actor, what).then(() => 'used', (error: { status: number; retryAfterSeconds: number }) => `${error.status} ${error.retryAfterSeconds}`);

  it('is counted before the thing is done: of a hundred at once so many are let through, and the audit log tells once', async () => {
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => outcome(staff(), 'test.often')));
    expect(outcomes.filter((o) => o === 'used')).toHaveLength(5);
    expect(new Set(outcomes)).toEqual(new Set(['used', '429 86400']));
    const { rows } = await test.platform.pg.query("select subject, details from audit_log where action = 'access.allowance_used_up'");
    expect(rows).toEqual([{ subject: 'staff:1', details: { what: 'test.often', most: 5 } }]);
  });

  it('is there again after 24 hours, and what was taken back does not count', async () => {
    now = new Date('2026-03-02T07:59:59Z');
    expect(await outcome(staff(), 'test.often')).toBe('429 1');
    now = new Date('2026-03-02T08:00:00Z');
    for (let i = 0; i < 20; i++) await (await use(staff(), 'test.often'))();
    for (let i = 0; i < 5; i++) expect(await outcome(staff(), 'test.often')).toBe('used');
    expect(await outcome(staff(), 'test.often')).toBe('429 86400');
  });

  it("is one for a person and all of their tokens, and another person's is another", async () => {
    const { pg } = test.platform;
    const { rows: [owner] } = await pg.query<{ id: number }>("insert into staff (email, name) values ('owner@shop.test', 'owner') returning staff_id as id");
    const { rows: tokens } = await pg.query<{ id: number }>(
      "insert into api_token (owner_id, name, token_hash, prefix, scopes, created_at) select $1, 'token', sha256(n::text::bytea), 'p', '{}', now() from generate_series(1, 4) as n returning api_token_id as id", [owner.id]);
    const actors: Actor[] = [{ ...staff(), id: owner.id }, ...tokens.map(({ id }) => ({ ...staff(), kind: 'token' as const, id }))];
    const outcomes: string[] = [];
    for (const actor of [...actors, ...actors]) outcomes.push(await outcome(actor, 'test.shared'));
    expect(outcomes.filter((o) => o === 'used')).toHaveLength(5);
    expect(await outcome({ ...staff(), id: owner.id + 1 }, 'test.shared')).toBe('used');
  });
});
