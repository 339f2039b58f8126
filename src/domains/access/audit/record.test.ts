import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, staff, type TestPlatform } from '../../../../test/harness.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { recordAudit } from './record.ts';

describe('the audit log', () => {
  let test: TestPlatform;
  beforeAll(async () => {
    test = await createTestPlatform();
  });
  afterAll(() => test.close());
  const entry = (action: string, details = {}) => ({ actor: staff(), action, subject: 'thing:1', details });
  const written = async () => (await test.platform.pg.query('select seq, actor_name, action, subject, details from audit_log order by seq')).rows;

  it('keeps an entry exactly when its transaction commits', async () => {
    const { pg } = test.platform;
    await recordAudit(pg, entry('test.alone'));
    await inTransaction(pg, async (client) => recordAudit(client, entry('test.committed')));
    await expect(inTransaction(pg, async (client) => {
      await recordAudit(client, entry('test.undone'));
      throw new Error('undone');
    })).rejects.toThrow('undone');
    expect((await written()).map((row) => row.action)).toEqual(['test.alone', 'test.committed']);
    expect((await pg.query('select from audit_entry')).rowCount).toBe(0);
  });

  it('lets transactions that write at the same time wait for each other only while they commit', async () => {
    const { pg } = test.platform;
    await inTransaction(pg, async (slow) => {
      await recordAudit(slow, entry('test.slow'));
      await recordAudit(pg, entry('test.quick'));
    });
    await Promise.all(Array.from({ length: 40 }, (_, i) => recordAudit(pg, entry(`test.parallel_${i}`))));
    const rows = await written();
    expect(rows.map((row) => row.seq)).toEqual(rows.map((_, i) => i + 1));
    expect(rows.slice(2, 4).map((row) => row.action)).toEqual(['test.quick', 'test.slow']);
  });

  it('writes one harmless line whatever a name or a detail contains', async () => {
    const { pg } = test.platform;
    const actor = { ...staff(), name: 'Eve\n2026-01-01 admin\u202e' };
    await recordAudit(pg, { actor, action: 'test.forged', subject: 'thing:1\r\n', details: { 'k\n': ['\u0000', 'x'.repeat(900), 7n, new Date(0), null, '\ud800'] } });
    const last = (await written()).at(-1);
    expect(last.actor_name).toBe('Eve\uFFFD2026-01-01 admin\uFFFD');
    expect(last.subject).toBe('thing:1\uFFFD\uFFFD');
    expect(last.details['k\uFFFD'].slice(2)).toEqual(['7', '1970-01-01T00:00:00.000Z', null, '\uFFFD']);
    expect(last.details['k\uFFFD'][0]).toBe('\uFFFD');
    expect(last.details['k\uFFFD'][1]).toHaveLength(500);
  });

  it.each([
    "update audit_log set action = 'x'",
    'delete from audit_log',
    'truncate audit_log',
    'delete from audit_log where false',
  ])('refuses: %s', async (sql) => {
    await expect(test.platform.pg.query(sql)).rejects.toMatchObject({ code: 'P7002' });
  });
});
