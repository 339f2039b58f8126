import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestImports, type TestImports } from '../../../../../test/imports-server.ts';
import type { BulkLoad } from '../../facts/bulk-load.ts';
import type { ImportView } from '../contract.ts';
import type { ImportDeps } from './import-deps.ts';
import { runImport } from './run-import.ts';

const orders = `order_id,customer_id,paid_at,product_id,quantity,amount
A1,U1,2025-03-01 10:00:00,P1,1,10.50
A2,U2,2025-03-02 11:00:00,P1,1,10.50
A3,U2,2025-02-30 12:00:00,P1,1,10.50
`;
const people = 'customer_id,name,sms\nU1,王小明,是\nU2,李雷,否\n';

/** A place at which a worker stops as if its process were frozen, until it is let go on. */
function createIce() {
  const reached = Promise.withResolvers<void>();
  const thawed = Promise.withResolvers<void>();
  return {
    reached: reached.promise,
    thaw: () => thawed.resolve(),
    async hold(): Promise<void> {
      reached.resolve();
      await thawed.promise;
    },
  };
}
type Ice = ReturnType<typeof createIce>;

describe('an import that another worker has taken up, because the first was taken for dead', () => {
  let test: TestImports;
  beforeAll(async () => {
    test = await createTestImports();
  });
  afterAll(() => test.close());

  const view = async (importId: number) => (await test.ask('GET', `/api/imports/${importId}`)).body as unknown as ImportView;
  const begun = async (name: string, content: string, change: (draft: { columns: { field: string; consent?: object }[] }) => void = () => {}): Promise<number> => {
    const { importId } = (await test.upload(name, content)).body as { importId: number };
    const { guess } = (await test.ask('GET', `/api/imports/${importId}/inspection`)).body as { guess: { draft: { columns: { field: string }[] } } };
    change(guess.draft);
    expect(await test.ask('POST', `/api/imports/${importId}/start`, { mapping: guess.draft })).toMatchObject({ status: 202 });
    return importId;
  };
  /** Works until it is frozen, has another worker do everything, and goes on. */
  const takenOver = async (importId: number, ice: Ice, deps: ImportDeps): Promise<ImportView> => {
    const first = runImport(deps, importId, new AbortController().signal);
    await Promise.race([ice.reached, first.then(() => Promise.reject(new Error('it was never frozen')))]);
    await test.work(importId);
    const done = await view(importId);
    ice.thaw();
    await first;
    return done;
  };
  const loadsThat = (hold: (load: BulkLoad) => BulkLoad): ImportDeps => ({ ...test.deps, facts: { ...test.facts, bulk: (of) => hold(test.facts.bulk(of)) } });
  const count = async (sql: string, params: unknown[]) => Number((await test.platform.pg.query(`select count(*) as n from ${sql}`, params)).rows[0].n);
  const linesOf = async (importId: number) => (await test.platform.clickhouse.rows('select count() as n from order_line where import_id = {importId:UInt32}', { importId }))[0];

  it.each(['add', 'finish'] as const)('counts once when the first was frozen before it could %s', async (step) => {
    const importId = await begun(`${step}.csv`, orders.replaceAll('U', `${step}-`));
    const ice = createIce();
    const deps = loadsThat((load) => ({
      ...load,
      async add(batchNo, rows) {
        if (step === 'add') await ice.hold();
        await load.add(batchNo, rows);
      },
      async finish(work) {
        if (step === 'finish') await ice.hold();
        await load.finish(work);
      },
    }));
    const done = await takenOver(importId, ice, deps);
    expect(done).toMatchObject({ state: 'done', summary: { counts: { accepted: 2, rejected: 1 }, newCustomers: 2 } });
    expect(await view(importId)).toEqual(done);
    expect(await linesOf(importId)).toEqual({ n: '2' });
    expect(await count('customer where import_id = $1', [importId])).toBe(2);
    expect(await count('fact_batch where import_id = $1', [importId])).toBe(1);
    // Nothing is left of the first: no rows on their way, no file of its own; the second's rejected row is there.
    expect(await test.platform.clickhouse.rows("select name from system.tables where database = currentDatabase() and name like '%\\\\_import\\\\_%'")).toEqual([]);
    expect(await count("pg_tables where schemaname = 'import_staging'", [])).toBe(0);
    expect(readdirSync(test.platform.folders.exports).filter((name) => name.startsWith(`import-${importId}-`))).toEqual([`import-${importId}-rejects.jsonl`]);
    expect((await test.ask('GET', `/api/imports/${importId}/rejects`)).text).toContain('4,paid_at');
  });

  it('writes what people agreed to once when the first was frozen before it wrote them', async () => {
    const importId = await begun('people.csv', people, ({ columns }) => {
      columns[2] = { ...columns[2], field: 'consent', consent: { channel: 'sms', purpose: 'marketing' } };
    });
    const ice = createIce();
    // Between the two readings of the file: the second writes profiles, consents and tags.
    const deps: ImportDeps = { ...test.deps, facts: { ...test.facts, async settleImport(id) {
      await test.facts.settleImport(id);
      await ice.hold();
    } } };
    const done = await takenOver(importId, ice, deps);
    expect(done).toMatchObject({ state: 'done', summary: { changed: 2 } });
    expect(await view(importId)).toEqual(done);
    expect(await count('consent where actor = $1', [`import ${importId}`])).toBe(2);
  });

  it('is taken back once when the first was frozen before it could', async () => {
    const { importId } = await test.bringIn('back.csv', orders.replaceAll('U', 'B'));
    expect((await test.ask('POST', `/api/imports/${importId}/undo`)).status).toBe(202);
    const ice = createIce();
    const deps: ImportDeps = { ...test.deps, facts: { ...test.facts, async undoImport(...given) {
      await ice.hold();
      await test.facts.undoImport(...given);
    } } };
    const done = await takenOver(importId, ice, deps);
    expect(done.state).toBe('undone');
    expect(await view(importId)).toEqual(done);
    const { rows } = await test.platform.pg.query('select undo from import_run where import_id = $1', [importId]);
    expect(rows[0].undo).toMatchObject({ customers: 2, identifiers: 2 });
  });
});
