import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestPlatform, staff, type TestPlatform } from '../../../../test/harness.ts';
import { recordAudit } from './record.ts';
import { verifyAudit } from './verify.ts';

describe('the chain of the audit log', () => {
  let test: TestPlatform;
  let pool: pg.Pool;
  beforeAll(async () => {
    test = await createTestPlatform();
    pool = test.platform.pg;
    for (let i = 1; i <= 20; i++) await recordAudit(pool, { actor: staff(), action: 'test.step', subject: `thing:${i}`, details: { amount: '12.50', i } });
  });
  afterAll(() => test.close());

  /** What only the owner of the database can do: switch the guards off. */
  const tampered = async (sql: string) => {
    const client = await pool.connect();
    try {
      await client.query('begin; alter table audit_log disable trigger all');
      await client.query(sql);
      const state = await verifyAudit(client as unknown as pg.Pool);
      return state.firstBadSeq;
    } finally {
      await client.query('rollback');
      client.release();
    }
  };

  it('holds when nothing was touched, and says how long it is and where it ends', async () => {
    const state = await verifyAudit(pool);
    expect(state).toMatchObject({ rows: 20, firstBadSeq: null });
    expect(state.head).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    ['an actor', "update audit_log set actor_name = 'somebody else' where seq = 7", 7],
    ['a detail', `update audit_log set details = '{"amount":"12.5","i":9}' where seq = 9`, 9],
    ['a time by a microsecond', "update audit_log set at = at + interval '1 microsecond' where seq = 3", 3],
    ['text moved from one column to the next', "update audit_log set action = action || 't', subject = 'hing:5' where seq = 5", 5],
    ['a row taken out', 'delete from audit_log where seq = 12', 13],
    ['the first row taken out', 'delete from audit_log where seq = 1', 2],
    ['a row put in', "insert into audit_log select 21, at, actor_kind, actor_id, actor_name, action, subject, details, hash from audit_log where seq = 20", 21],
    ['two rows exchanged', 'update audit_log set seq = -seq where seq in (4, 6); update audit_log set seq = case seq when -4 then 6 else 4 end where seq < 0', 4],
    ['a changed row with a hash that fits it', "update audit_log a set subject = 'thing:0', hash = audit_hash((select hash from audit_log where seq = 1), row(2, a.at, a.actor_kind, a.actor_id, a.actor_name, a.action, 'thing:0', a.details, null)::audit_log) where seq = 2", 3],
  ])('names the first bad row after a change of %s', async (_what, sql, seq) => {
    expect(await tampered(sql)).toBe(seq);
  });

  it('checks twenty thousand rows in one go', async () => {
    await pool.query(`do $$
      declare
        next audit_log;
        previous bytea := (select hash from audit_log where seq = 20);
      begin
        for i in 21..20000 loop
          next := row(i, now(), 'staff', 1, 'test staff', 'test.step', 'thing:' || i, '{"reason": "bulk"}', null);
          next.hash := audit_hash(previous, next);
          previous := next.hash;
          insert into audit_log select (next).*;
        end loop;
      end $$`);
    expect(await verifyAudit(pool)).toMatchObject({ rows: 20_000, firstBadSeq: null });
  });
});

describe('an empty audit log', () => {
  let test: TestPlatform;
  beforeEach(async () => {
    test = await createTestPlatform();
    return () => test.close();
  });

  it('holds', async () => {
    expect(await verifyAudit(test.platform.pg)).toEqual({ rows: 0, firstBadSeq: null, head: '' });
  });
});
