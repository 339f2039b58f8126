import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCustomersServer, type CustomersServer } from '../../../../test/customers-server.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { eraseCustomer, exportCustomer, mergeCustomers, readCustomer, readHeldData, searchCustomers, undoMerge } from '../contract.ts';
import type { HeldDataSource, HeldPerson } from '../sources.ts';
import { finishErasures } from './elsewhere.ts';

/** Facts as another domain would hold them. */
function createFacts(): HeldDataSource & { held: number[]; calls: HeldPerson[]; failing: boolean } {
  return {
    name: 'fact',
    held: [],
    calls: [],
    failing: false,
    async count({ customerNos }) {
      return this.held.filter((no) => customerNos.includes(no)).length;
    },
    async *export({ customerNos }) {
      for (const customerNo of this.held.filter((no) => customerNos.includes(no))) yield { customerNo, bought: '茶' };
    },
    async erase(person) {
      this.calls.push(person);
      if (this.failing) throw new Error('not now');
      const count = await this.count(person);
      this.held = this.held.filter((no) => !person.customerNos.includes(no));
      return count;
    },
  };
}

describe('one person, taken out', () => {
  let shop: CustomersServer;
  const facts = createFacts();
  const may = 'customers.read customers.reveal customers.export customers.merge customers.erase';
  beforeAll(async () => {
    shop = await createCustomersServer();
    shop.customers.registerHeldDataSource(facts);
  });
  afterAll(() => shop.close());

  const couple = async (name: string) => {
    const kept = await shop.person({ external_id: `${name}-1`, phone: `+86138001370${name.length}1` }, { name: '金丝雀', city: '杭州' });
    const gone = await shop.person({ external_id: `${name}-2`, device: `${name}-device` }, { street: '金丝雀街' });
    const { body } = await shop.ask(mergeCustomers, may, { body: { survivorNo: kept, absorbedNo: gone } });
    facts.held.push(kept, gone, gone);
    return { kept, gone, mergeId: body.mergeId };
  };
  const erase = (customerNo: number, confirm: string) => shop.ask(eraseCustomer, may, { params: { customerNo }, body: { confirm, reason: '本人要求' } });

  it('exports everything held about everybody who counts as them, to who may see it', async () => {
    const { kept, gone } = await couple('export');
    expect((await shop.ask(exportCustomer, 'customers.export', { params: { customerNo: kept } })).status).toBe(403);
    const { body } = await shop.ask(exportCustomer, may, { params: { customerNo: gone } });
    expect(body).toMatchObject({
      customerNos: [kept, gone],
      profiles: expect.arrayContaining([expect.objectContaining({ name: '金丝雀', city: '杭州' }), expect.objectContaining({ personal: { street: '金丝雀街' } })]),
      identifiers: expect.arrayContaining([{ kind: 'device', namespace: '', value: 'export-device' }]),
      fact: [{ customerNo: kept, bought: '茶' }, { customerNo: gone, bought: '茶' }, { customerNo: gone, bought: '茶' }],
    });
    const { rows } = await shop.platform.pg.query("select subject from audit_log where action = 'customers.export_person'");
    expect(rows).toEqual([{ subject: `customer:${kept}` }]);
  });

  it('asks for the number before it erases, and says what it would touch', async () => {
    const { kept } = await couple('asks');
    const { body } = await shop.ask(readHeldData, may, { params: { customerNo: kept } });
    expect(body).toMatchObject({ confirmBy: String(kept), counts: { identifiers: 4, profiles: 2, fact: 3 } });
    expect(await erase(kept, 'yes')).toMatchObject({ status: 400, code: 'customers.erase_not_confirmed' });
    expect((await shop.ask(readCustomer, may, { params: { customerNo: kept } })).status).toBe(200);
  });

  it('erases everybody who counts as them, with a receipt, and nobody brings them back', async () => {
    const { kept, gone, mergeId } = await couple('erase');
    await shop.customers.copier.drain();
    const { status, body } = await erase(kept, String(kept));
    expect(status).toBe(200);
    expect(body).toMatchObject({ customerNo: kept, numbers: [kept, gone], counts: { identifiers: 4, profiles: 2, fact: 3 } });
    for (const customerNo of [kept, gone]) expect(await shop.ask(readCustomer, may, { params: { customerNo } })).toMatchObject({ status: 404, code: 'customers.erased' });
    expect((await shop.ask(searchCustomers, may, { query: { q: 'erase-1' } })).body.rows).toEqual([]);
    expect(await shop.ask(undoMerge, may, { params: { mergeId } })).toMatchObject({ status: 409, code: 'customers.erased' });
    const again = await inTransaction(shop.platform.pg, (client) => shop.customers.identities.resolve(client, [
      { at: new Date(), identifiers: [{ kind: 'external_id', namespace: '', value: 'erase-1' }] },
      { at: new Date(), identifiers: [{ kind: 'device', namespace: '', value: 'erase-device' }] },
    ]));
    expect(again).toEqual([0, 0]);
    const left = await shop.platform.clickhouse.rows('select * from customer where customer_no in {numbers:Array(UInt32)} and status != \'erased\'', { numbers: [kept, gone] });
    expect(left).toEqual([]);
    expect((await erase(kept, String(kept))).status).toBe(404);
  });

  it('deletes once more what was on its way, and what could not be deleted at first', async () => {
    const { kept, gone } = await couple('late');
    facts.failing = true;
    expect((await erase(kept, String(kept))).status).toBe(200);
    facts.failing = false;
    facts.held.push(gone);
    expect(await finishErasures(shop.platform, { timeline: [], figures: [], tags: [], heldData: [facts] })).toBe(0);
    await shop.platform.pg.query("update erasure set erased_at = erased_at - interval '2 minutes' where finished_at is null");
    expect(await finishErasures(shop.platform, { timeline: [], figures: [], tags: [], heldData: [facts] })).toBeGreaterThan(0);
    expect(facts.held.filter((no) => no === kept || no === gone)).toEqual([]);
    expect(await finishErasures(shop.platform, { timeline: [], figures: [], tags: [], heldData: [facts] })).toBe(0);
  });

  it('leaves no value of theirs in the database', async () => {
    const tables = await shop.platform.pg.query<{ name: string }>("select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'");
    const { kept } = await couple('canary');
    await erase(kept, String(kept));
    for (const { name } of tables.rows) {
      const { rows } = await shop.platform.pg.query<{ found: number }>(`select count(*)::int as found from "${name}" t where t::text like '%canary-%' or t::text like '%' || encode('canary-', 'hex') || '%'`);
      expect(rows[0].found, name).toBe(0);
    }
  });
});
