import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../test/harness.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { createVault, type Vault } from '../vault/vault.ts';
import { BulkIdentities, type BulkOptions, type IdentifierSlot, type IdentityBatch } from './bulk-identities.ts';
import { publishIdentities } from './publish.ts';
import { dropStaging } from './staging.ts';

/** A batch from rows of texts, one a slot; empty where the row has none. */
function batchOf(rows: string[][], timesMs = rows.map((_, at) => 1_000 * at)): IdentityBatch {
  const bytes = Buffer.from(rows.flat().join(''));
  const columns = rows[0].map(() => ({ starts: new Int32Array(rows.length), ends: new Int32Array(rows.length) }));
  let at = 0;
  rows.forEach((texts, row) => texts.forEach((text, slot) => {
    columns[slot].starts[row] = at;
    at += Buffer.byteLength(text);
    columns[slot].ends[row] = at;
  }));
  return { bytes, rowCount: rows.length, columns, timesMs: Float64Array.from(timesMs), skipped: new Uint8Array(rows.length) };
}

describe('bulk identities', () => {
  let test: TestPlatform;
  let vault: Vault;
  let importId = 0;
  const external: IdentifierSlot = { kind: 'external_id', namespace: 'shop' };
  const phone: IdentifierSlot = { kind: 'phone', namespace: '' };

  beforeAll(async () => {
    test = await createTestPlatform();
    vault = createVault(test.platform.secret);
  });
  afterAll(() => test.close());

  const open = (options: Partial<BulkOptions> = {}) =>
    BulkIdentities.open(test.platform.pg, vault, { importId: ++importId, attempt: 1, slots: [external, phone], fileBytes: 1_000, ...options });
  const resolve = async (identities: BulkIdentities, batch: IdentityBatch): Promise<number[]> => {
    const out = new Uint32Array(batch.rowCount);
    await identities.resolve(batch, out);
    return [...out];
  };
  const publish = async (identities: BulkIdentities) => {
    await identities.finish();
    return inTransaction(test.platform.pg, (client) => publishIdentities(client, identities));
  };

  it('keeps two attempts at an import apart: neither waits for the other, and the one that is decided counts', async () => {
    const frozen = await open();
    await resolve(frozen, batchOf([['Z', ''], ['Y', '']]));
    // It is in the middle of its copy and holds its table.
    const second = await BulkIdentities.open(test.platform.pg, vault, { importId, attempt: 2, slots: [external, phone], fileBytes: 1_000 });
    await resolve(second, batchOf([['Z', ''], ['X', '']]));
    expect(await publish(second)).toEqual({ customers: 2, identifiers: 2, overtaken: [] });
    frozen.abandon();
    const staged = async () => (await test.platform.pg.query<{ tablename: string }>("select tablename from pg_tables where schemaname = 'import_staging'")).rows.map((row) => row.tablename);
    expect(await staged()).toEqual([`identifier_${importId}_1`]);
    const { rows } = await test.platform.pg.query('select count(*)::int as n from identifier where import_id = $1', [importId]);
    expect(rows).toEqual([{ n: 2 }]);
    // What was left goes with the next attempt.
    const third = await BulkIdentities.open(test.platform.pg, vault, { importId, attempt: 3, slots: [external], fileBytes: 1_000 });
    expect(await staged()).toEqual([`identifier_${importId}_3`]);
    await third.finish();
    third.abandon();
    third.abandon();
    await dropStaging(test.platform.pg, { importId, attempt: 3 });
    expect(await staged()).toEqual([]);
  });

  it('gives one number to one person, makes it visible at once, and finds it in the next import', async () => {
    const first = await open();
    const [a, b, c, nobody, known] = await resolve(first, batchOf([
      ['A', ''], ['', '+8613800138000'], ['', '+8613900139000'], ['', ''], ['C', '+8613800138000'],
    ], [5_000, 4_000, 3_000, 2_000, 1_000]));
    expect(new Set([a, b, c]).size).toBe(3);
    expect(nobody).toBe(0);
    // A phone that is known decides for a row whose other identifier is new, and the new one joins it.
    expect(known).toBe(b);
    const before = await test.platform.pg.query('select 1 from customer where import_id = $1', [importId]);
    expect(before.rowCount).toBe(0);
    expect(await publish(first)).toEqual({ customers: 3, identifiers: 4, overtaken: [] });

    const { rows } = await test.platform.pg.query('select customer_no, created_at from customer where customer_no = $1', [b]);
    expect(rows).toEqual([{ customer_no: b, created_at: new Date(1_000) }]);
    const stored = await test.platform.pg.query("select value, hash from identifier where customer_no = $1 and kind = 2", [b]);
    expect(vault.open('phone', '', stored.rows[0].value)).toBe('+8613800138000');
    expect(stored.rows[0].hash).toBe(vault.hashOf('phone', '', '+8613800138000'));

    for (const fileBytes of [1_000, 2 ** 30]) {
      const again = await open({ fileBytes });
      expect(await resolve(again, batchOf([['C', ''], ['A', ''], ['new', '']]))).toEqual([b, a, expect.any(Number)]);
      again.abandon();
    }
  });

  it('keeps facts of erased people from anybody', async () => {
    await test.platform.pg.query('insert into erased_identifier values (1, $1, $2)', ['shop', vault.hashOf('external_id', 'shop', 'erased')]);
    for (const fileBytes of [1_000, 2 ** 30]) {
      const identities = await open({ fileBytes });
      expect(await resolve(identities, batchOf([['erased', '+8613700137000'], ['erased', '']]))).toEqual([0, 0]);
      expect(await publish(identities)).toMatchObject({ customers: 0, identifiers: 0 });
    }
  });

  it('does not make one person of two who share a phone', async () => {
    const first = await open();
    const [a] = await resolve(first, batchOf([['family 1', '+8613500135000']]));
    await publish(first);
    for (const fileBytes of [1_000, 2 ** 30]) {
      const next = await open({ fileBytes });
      const [b, phoneOnly, again] = await resolve(next, batchOf([['family 2', '+8613500135000'], ['', '+8613500135000'], ['family 2', '']]));
      expect(b).not.toBe(a);
      expect([phoneOnly, again]).toEqual([a, b]);
      next.abandon();
    }
  });

  it('yields to the live intake: a customer whose identifier was taken meanwhile is part of its owner', async () => {
    const identities = await open();
    const [mine, other] = await resolve(identities, batchOf([['raced', ''], ['calm', '']]));
    await test.platform.pg.query("insert into customer (customer_no, created_at) values (900, now())");
    await test.platform.pg.query('insert into identifier (kind, namespace, hash, customer_no, value) values (1, $1, $2, 900, $3)',
      ['shop', vault.hashOf('external_id', 'shop', 'raced'), vault.seal('external_id', 'shop', 'raced')]);
    expect(await publish(identities)).toEqual({ customers: 2, identifiers: 1, overtaken: [{ customerNo: mine, survivorNo: 900 }] });
    const { rows } = await test.platform.pg.query('select customer_no, status, merged_into from customer where customer_no = any($1) order by 1', [[mine, other]]);
    expect(rows).toEqual([{ customer_no: mine, status: 1, merged_into: 900 }, { customer_no: other, status: 0, merged_into: null }]);
  });

  it('leaves nothing but a staging table when it is given up, and never gives a number twice', async () => {
    const identities = await open();
    const [lost] = await resolve(identities, batchOf([['given up', '']]));
    identities.abandon();
    const next = await open();
    const [kept] = await resolve(next, batchOf([['given up', '']]));
    expect(kept).toBeGreaterThan(lost);
    next.abandon();
    const { rowCount } = await test.platform.pg.query('select 1 from customer where customer_no >= $1', [lost]);
    expect(rowCount).toBe(0);
  });

  it('builds the indexes anew on a first load, and they are as they were', async () => {
    const indexes = async () => (await test.platform.pg.query("select indexdef from pg_indexes where tablename = 'identifier' order by 1")).rows;
    const before = await indexes();
    const identities = await open({ fileBytes: 2 ** 30 });
    for (let from = 0; from < 104_000; from += 8_000) {
      await resolve(identities, batchOf(Array.from({ length: 8_000 }, (_, n) => [`many ${from + n}`, ''])));
    }
    expect(await publish(identities)).toMatchObject({ customers: 104_000, identifiers: 104_000 });
    expect(await indexes()).toEqual(before);
    await expect(test.platform.pg.query('insert into identifier select * from identifier limit 1')).rejects.toMatchObject({ code: '23505' });
  });
});
