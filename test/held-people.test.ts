import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from './harness.ts';

/** Tables with a person's number that an erasure leaves, and why. */
const left: Record<string, string> = {
  customer_copy: 'a queue of numbers whose copies are to be made anew',
  erasure: 'the receipt of the erasure itself',
  fact_erased: 'numbers whose facts must not come back',
  member_page_epoch: 'since when links to a page are void: nobody is known by it',
  summary_due: 'a queue of numbers whose totals are to be made anew',
};

let test: TestPlatform;
beforeAll(async () => {
  test = await createTestPlatform();
});
afterAll(() => test.close());

it('every table that knows people by their numbers is emptied of somebody who is erased', async () => {
  const { rows } = await test.platform.pg.query<{ name: string }>(
    `select c.table_name as name from information_schema.columns c join pg_class t on t.relname = c.table_name and not t.relispartition
      where c.table_schema = 'public' and c.column_name = 'customer_no' order by 1`);
  const folder = join(import.meta.dirname, '..', 'src', 'domains');
  const erasing = globSync('**/*.ts', { cwd: folder }).map((file) => readFileSync(join(folder, file), 'utf8')).filter((text) => /HeldDataSource|deleteOwnData/.test(text)).join('\n');
  const names = rows.map(({ name }) => name);
  expect(names.length).toBeGreaterThan(30);
  expect(names.filter((name) => !(name in left) && !new RegExp(`\\b${name}\\b`).test(erasing)), 'delete it in a source of held data, or say in `left` why it stays').toEqual([]);
  expect(Object.keys(left).filter((name) => !names.includes(name))).toEqual([]);
});
