import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, staff, type TestPlatform } from '../../../../test/harness.ts';
import { canonicalNo } from '../../../platform/clickhouse/merge-dictionary.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { createCustomers, type Customers } from '../customers.ts';
import { mergeCustomers, undoMerge } from './service.ts';

describe('merging people', () => {
  let test: TestPlatform;
  let customers: Customers;
  const actor = staff('customers.merge');
  let made = 0;
  beforeAll(async () => {
    test = await createTestPlatform();
    customers = createCustomers(test.platform);
  });
  afterAll(() => test.close());

  const identify = (...values: string[]): Promise<number[]> => inTransaction(test.platform.pg, (client) =>
    customers.identities.resolve(client, values.map((value) => ({ at: new Date(), identifiers: [{ kind: 'external_id', namespace: '', value }] }))));
  const people = async (count: number): Promise<{ values: string[]; numbers: number[] }> => {
    const values = Array.from({ length: count }, () => `person-${++made}`);
    return { values, numbers: await identify(...values) };
  };
  const merge = (survivorNo: number, absorbedNo: number) => mergeCustomers(test.platform, survivorNo, absorbedNo, actor);
  const undo = (mergeId: number) => undoMerge(test.platform, mergeId, actor);

  it('takes a chain apart from its beginning as well as from its end, with nothing lost', async () => {
    for (const order of [[0, 1], [1, 0]]) {
      const { values, numbers: [a, b, c] } = await people(3);
      const merges = [await merge(b, a), await merge(c, b)];
      expect(await identify(...values)).toEqual([c, c, c]);
      await undo(merges[order[0]]);
      expect(await identify(...values)).toEqual(order[0] === 0 ? [a, c, c] : [b, b, c]);
      await undo(merges[order[1]]);
      expect(await identify(...values)).toEqual([a, b, c]);
    }
  });

  it('leaves with the survivor what came after the merge', async () => {
    const { numbers: [a, b] } = await people(2);
    const mergeId = await merge(b, a);
    const { customer_no: owner } = await inTransaction(test.platform.pg, async (client) => {
      await customers.identities.resolve(client, [{ at: new Date(), identifiers: [{ kind: 'external_id', namespace: '', value: `person-${made - 1}` }, { kind: 'device', namespace: '', value: `late-${made}` }] }]);
      return { customer_no: (await customers.identities.resolve(client, [{ at: new Date(), identifiers: [{ kind: 'device', namespace: '', value: `late-${made}` }] }]))[0] };
    });
    expect(owner).toBe(b);
    await undo(mergeId);
    expect(await customers.lineage(a)).toEqual([a]);
    const { rows } = await test.platform.pg.query('select customer_no from identifier where hash = $1', [customers.vault.hashOf('device', '', `late-${made}`)]);
    expect(rows).toEqual([{ customer_no: b }]);
  });

  it('refuses, with the reason, what cannot be merged or undone', async () => {
    const { numbers: [a, b, c] } = await people(3);
    await expect(merge(a, a)).rejects.toMatchObject({ code: 'customers.merge_with_itself' });
    await expect(merge(a, 999_999)).rejects.toMatchObject({ code: 'customers.not_found', status: 404 });
    const mergeId = await merge(b, a);
    await expect(merge(c, a)).rejects.toMatchObject({ code: 'customers.merged_already', params: { survivorNo: b } });
    await expect(merge(a, c)).rejects.toMatchObject({ code: 'customers.merged_already' });
    await undo(mergeId);
    await expect(undo(mergeId)).rejects.toMatchObject({ code: 'customers.merge_undone', status: 409 });
    await expect(undo(999_999)).rejects.toMatchObject({ code: 'customers.merge_not_found', status: 404 });
  });

  it('lets one of two win who merge the same person at once', async () => {
    const { numbers: [a, b, c] } = await people(3);
    const outcomes = await Promise.allSettled([merge(b, a), merge(c, a)]);
    expect(outcomes.map((o) => o.status).sort()).toEqual(['fulfilled', 'rejected']);
    const crossed = await people(2);
    const both = await Promise.allSettled([merge(crossed.numbers[0], crossed.numbers[1]), merge(crossed.numbers[1], crossed.numbers[0])]);
    expect(both.map((o) => o.status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('writes each merge and each undoing into the audit log', async () => {
    const { numbers: [a, b] } = await people(2);
    await undo(await merge(b, a));
    const { rows } = await test.platform.pg.query("select action from audit_log where subject in ($1, $2) order by seq", [`customer:${a}`, `customer:${b}`]);
    expect(rows.map((row) => row.action)).toEqual(['customers.merge', 'customers.undo_merge']);
  });

  it('counts facts under the survivor through a chain, and at home again afterwards', async () => {
    const { numbers: [a, b, c] } = await people(3);
    const first = await merge(b, a);
    const second = await merge(c, b);
    await customers.copier.drain();
    const counted = async (): Promise<unknown> => test.platform.clickhouse.rows(
      `select ${canonicalNo('n')} as no from (select arrayJoin({numbers:Array(UInt32)}) as n)`, { numbers: [a, b, c] });
    expect(await counted()).toEqual([{ no: c }, { no: c }, { no: c }]);
    await undo(first);
    await customers.copier.drain();
    expect(await counted()).toEqual([{ no: a }, { no: c }, { no: c }]);
    await undo(second);
    await customers.copier.drain();
    expect(await counted()).toEqual([{ no: a }, { no: b }, { no: c }]);
  });

  it('keeps the map from identifiers to people equal to a simple model under any sequence of merges and undoings', async () => {
    const step = fc.record({ undo: fc.boolean(), x: fc.nat(5), y: fc.nat(5), at: fc.nat(30) });
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
      const { values, numbers } = await people(6);
      const parent = new Map<number, number>();
      const root = (no: number): number => (parent.has(no) ? root(parent.get(no)!) : no);
      const open: { mergeId: number; absorbedNo: number }[] = [];
      for (const { undo: isUndo, x, y, at } of steps) {
        if (isUndo && open.length > 0) {
          const [taken] = open.splice(at % open.length, 1);
          await undo(taken.mergeId);
          parent.delete(taken.absorbedNo);
        } else {
          const [survivorNo, absorbedNo] = [root(numbers[x]), root(numbers[y])];
          if (survivorNo === absorbedNo) continue;
          open.push({ mergeId: await merge(survivorNo, absorbedNo), absorbedNo });
          parent.set(absorbedNo, survivorNo);
        }
      }
      expect(await identify(...values)).toEqual(numbers.map(root));
      for (const no of numbers) {
        const expected = numbers.filter((other) => root(other) === root(no)).sort((a, b) => a - b);
        expect((await customers.lineage(no)).sort((a, b) => a - b)).toEqual(expected);
      }
    }), { numRuns: 25 });
  });
});
