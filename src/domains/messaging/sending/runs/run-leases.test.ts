import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../../test/harness.ts';
import { createRunLeases, type RunLeases } from './run-leases.ts';

let test: TestPlatform;
let one: RunLeases;
let other: RunLeases;
beforeAll(async () => {
  test = await createTestPlatform();
  one = createRunLeases(test.platform.pg, test.platform.log);
  other = createRunLeases(test.platform.pg, test.platform.log);
});
afterAll(async () => {
  await one.close();
  await other.close();
  await test.close();
});

describe('the right to work on a run', () => {
  it('is one process\'s at a time, for each run alone', async () => {
    const lease = await one.take(1);
    expect(lease).not.toBeNull();
    expect(await other.take(1)).toBeNull();
    const second = await other.take(2);
    expect(second).not.toBeNull();
    await lease?.release();
    const taken = await other.take(1);
    expect(taken).not.toBeNull();
    await taken?.release();
    await second?.release();
  });

  it('is lost with its connection, which is told, and can be had again', async () => {
    const lease = await one.take(3);
    if (!lease) throw new Error('nobody else has it');
    const lost = once(lease.lost, 'abort');
    await test.platform.pg.query(
      `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = 3 and pid <> pg_backend_pid()
       and database = (select oid from pg_database where datname = current_database())`);
    await lost;
    // Whoever held it is told of the end before the server has let its lock go.
    const taken = await vi.waitFor(async () => (await other.take(3)) ?? expect.fail('still held'));
    // Giving back what is lost does nothing.
    await lease.release();
    expect(await one.take(3)).toBeNull();
    await taken?.release();
    const again = await one.take(3);
    expect(again?.lost.aborted).toBe(false);
    await again?.release();
  });

  it('is asked for one after the other on its one connection, however many want it', async () => {
    const warned: Error[] = [];
    const note = (warning: Error): void => void warned.push(warning);
    process.on('warning', note);
    const taken = await Promise.all(Array.from({ length: 20 }, (_, n) => one.take(100 + n)));
    await Promise.all(taken.map((lease) => lease?.release()));
    const again = await Promise.all(Array.from({ length: 20 }, (_, n) => other.take(100 + n)));
    await Promise.all(again.map((lease) => lease?.release()));
    await new Promise((done) => setImmediate(done));
    process.off('warning', note);
    expect(taken.every((lease) => lease !== null) && again.every((lease) => lease !== null)).toBe(true);
    expect(warned).toEqual([]);
  });

  it('ends with whoever closes', async () => {
    const third = createRunLeases(test.platform.pg, test.platform.log);
    expect(await third.take(4)).not.toBeNull();
    await third.close();
    await third.close();
    const taken = await other.take(4);
    expect(taken).not.toBeNull();
    await taken?.release();
  });
});
