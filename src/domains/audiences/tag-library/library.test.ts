import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTagLibraryServer, type TagLibraryServer } from '../../../../test/tag-library-server.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { mergeCustomers, readTimeline } from '../../customers/contract.ts';
import {
  addTagList, createLibraryTag, createTagCategory, deleteLibraryTag, deleteTagCategory, evaluateLibraryTag, listLibraryTags, listTagCategories,
  listTagPeople, orderTagCategories, readLibraryTag, readTagHistory, removeTagList, renameTagCategory, replaceLibraryTag, type Rule, tagPeople, updateLibraryTag,
} from '../contract.ts';

const may = 'audiences.read audiences.tags';
const known: Rule = { kind: 'field', field: 'city', test: { test: 'known' } };
const asksFor = (...tags: number[]): Rule => ({ kind: 'tag', tags, match: 'any' });

describe('the tag library', () => {
  let shop: TagLibraryServer;
  let people: number[];
  beforeAll(async () => {
    shop = await createTagLibraryServer();
    people = [];
    for (let i = 0; i < 10; i++) people.push(await shop.person({ external_id: `L${i}` }, { city: '杭州' }));
    await shop.customers.syncToClickHouse(people);
    await shop.orders(people.slice(0, 8).map((no, i) => [no, (i + 1) * 100]));
  });
  afterAll(() => shop.close());

  const make = async (name: string, definition: object = { kind: 'hand' }, over: object = {}) =>
    (await shop.ask(createLibraryTag, may, { body: { name, definition: definition as never, ...over } })).body;
  const tagOf = async (tagId: number) => (await shop.ask(readLibraryTag, may, { params: { tagId } })).body;
  const holdersOf = async (tagId: number): Promise<number[]> => (await shop.ask(listTagPeople, may, { params: { tagId } })).body.rows.map((row) => row.customerNo);
  const audits = async (action: string) => (await shop.platform.pg.query('select subject, details from audit_log where action = $1', [action])).rows;

  describe('categories', () => {
    it('have names and an order, and leave their tags behind when they go', async () => {
      const made = [];
      for (const name of ['价值', '兴趣', '风险']) made.push((await shop.ask(createTagCategory, may, { body: { name } })).body.categoryId);
      expect(await shop.ask(createTagCategory, may, { body: { name: '兴趣' } })).toMatchObject({ status: 409, code: 'audiences.category_taken' });
      await shop.ask(orderTagCategories, may, { body: { categoryIds: [made[2], made[0], made[1]] } });
      await shop.ask(renameTagCategory, may, { params: { categoryId: made[1] }, body: { name: '爱好' } });
      const tag = await make('喜欢喝茶', undefined, { categoryId: made[1] });
      const listed = (await shop.ask(listTagCategories, may)).body;
      expect(listed.categories.map(({ name, tags }) => `${name} ${tags}`)).toEqual(['风险 0', '价值 0', '爱好 1']);
      expect(await shop.ask(orderTagCategories, may, { body: { categoryIds: [made[0]] } })).toMatchObject({ status: 409, code: 'audiences.categories_changed' });
      expect((await shop.ask(deleteTagCategory, may, { params: { categoryId: made[1] } })).status).toBe(204);
      expect((await tagOf(tag.tagId)).categoryId).toBeNull();
      expect(await audits('audiences.delete_tag_category')).toMatchObject([{ details: { name: '爱好' } }]);
    });

    it('refuse what is not there', async () => {
      expect((await shop.ask(renameTagCategory, may, { params: { categoryId: 9_999 }, body: { name: 'x' } })).status).toBe(404);
      expect((await shop.ask(deleteTagCategory, may, { params: { categoryId: 9_999 } })).status).toBe(404);
      expect(await shop.ask(createLibraryTag, may, { body: { name: '无类', categoryId: 9_999, definition: { kind: 'hand' } } })).toMatchObject({ status: 400, code: 'audiences.unknown_category' });
    });
  });

  describe('tags by hand', () => {
    it('are given to many and taken from many, and tell their size by day', async () => {
      const { tagId } = await make('种子用户', undefined, { meaning: '新品试用' });
      shop.now.at = new Date('2026-06-01T02:00:00Z');
      expect((await shop.ask(tagPeople, may, { params: { tagId }, body: { change: 'give', customerNos: people.slice(0, 4) } })).body.changed).toBe(4);
      shop.now.at = new Date('2026-06-02T02:00:00Z');
      expect((await shop.ask(tagPeople, may, { params: { tagId }, body: { change: 'take', customerNos: people.slice(3, 6) } })).body.changed).toBe(1);
      expect((await shop.ask(readTagHistory, may, { params: { tagId }, query: { days: 7 } })).body.days).toEqual([
        { day: '2026-06-01', size: 4, entered: 4, left: 0 }, { day: '2026-06-02', size: 3, entered: 0, left: 1 },
      ]);
      shop.now.at = null;
      expect(await holdersOf(tagId)).toEqual(people.slice(0, 3));
      expect(await tagOf(tagId)).toMatchObject({ size: 3, share: 0.3, base: 10, freshAt: '2026-06-01T02:00:00.000Z', meaning: '新品试用', owner: 'test staff' });
      expect(await audits('audiences.give_tag')).toMatchObject([{ details: { name: '种子用户', people: 4 } }]);
    });

    it('that nobody has described are in the library all the same, and can be', async () => {
      await inTransaction(shop.platform.pg, (client) => shop.customers.tags.add(client, [{ customerNo: people[0], name: '导入来的', at: new Date(), by: 'import 1' }]));
      const { rows } = (await shop.ask(listLibraryTags, may, { query: { q: '导入来的' } })).body;
      expect(rows).toMatchObject([{ kind: 'hand', owner: '', categoryId: null }]);
      const [{ tagId }] = rows;
      const changed = await shop.ask(updateLibraryTag, may, { params: { tagId }, body: { version: 0, meaning: '历史数据', validDays: 30 } });
      expect(changed.body).toMatchObject({ version: 1, meaning: '历史数据', validDays: 30, owner: 'test staff' });
      expect(await shop.ask(updateLibraryTag, may, { params: { tagId }, body: { version: 0, meaning: 'x' } })).toMatchObject({ status: 409, code: 'audiences.tag_changed_meanwhile' });
    });

    it('are the only ones that hands can give', async () => {
      const { tagId } = await make('有城市', { kind: 'rule', rule: known });
      expect(await shop.ask(tagPeople, may, { params: { tagId }, body: { change: 'give', customerNos: [1] } })).toMatchObject({ status: 409, code: 'audiences.tag_not_by_hand' });
      expect(await shop.ask(addTagList, may, { params: { tagId }, body: { listId: 1 } })).toMatchObject({ status: 409, code: 'audiences.tag_not_by_file' });
    });
  });

  describe('tags by file', () => {
    it('have the people of their lists, for as long as each is valid, and lose those of a list that is taken back', async () => {
      const [first, second] = [await shop.list('会员日名单', people.slice(0, 3)), await shop.list('补录', [...people.slice(2, 5), 4_000_000])];
      const { tagId } = await make('会员日到场', { kind: 'file' }, { validDays: 3 });
      shop.now.at = new Date('2026-07-01T02:00:00Z');
      await shop.ask(addTagList, may, { params: { tagId }, body: { listId: first } });
      shop.now.at = new Date('2026-07-02T02:00:00Z');
      const both = (await shop.ask(addTagList, may, { params: { tagId }, body: { listId: second } })).body;
      expect(both).toMatchObject({ size: 5, uploads: [{ name: '补录', size: 4, lapsesAt: '2026-07-04T16:00:00.000Z' }, { name: '会员日名单', size: 3 }] });
      shop.now.at = new Date('2026-07-03T16:00:00Z');
      await shop.turn();
      expect(await holdersOf(tagId)).toEqual(people.slice(2, 5));
      expect((await shop.ask(removeTagList, may, { params: { tagId, uploadId: both.uploads[0].uploadId } })).status).toBe(204);
      expect(await holdersOf(tagId)).toEqual([]);
      expect((await shop.ask(removeTagList, may, { params: { tagId, uploadId: both.uploads[0].uploadId } })).status).toBe(404);
      shop.now.at = null;
      const { body } = await shop.ask(readTimeline, 'customers.read', { params: { customerNo: people[0] }, query: { kinds: 'computed_tag' } });
      expect(body.entries.filter((e) => e.params.name === '会员日到场').map((e) => `${e.text.split('.')[1]} ${e.at}`)).toEqual(['tagLeft 2026-07-03T16:00:00.000Z', 'tagEntered 2026-07-01T02:00:00.000Z']);
    });

    it('are replaced as a whole when asked to, and refuse a list that is not there', async () => {
      const { tagId } = await make('白名单', { kind: 'file' });
      const [first, second] = [await shop.list('旧名单', people.slice(0, 3)), await shop.list('新名单', people.slice(5, 7))];
      await shop.ask(addTagList, may, { params: { tagId }, body: { listId: first } });
      expect((await shop.ask(addTagList, may, { params: { tagId }, body: { listId: second, replaces: true } })).body).toMatchObject({ size: 2, uploads: [{ name: '新名单' }] });
      expect((await shop.ask(addTagList, may, { params: { tagId }, body: { listId: 99_999 } })).status).toBe(404);
    });
  });

  describe('tiers', () => {
    const sales = { kind: 'field', field: 'sales_ever' };

    it('by limits put a person in one of them, or in none who has no more than the floor', async () => {
      const tag = await make('购买力', { kind: 'tiers', tiers: { by: 'limits', of: sales, over: '0', labels: ['低', '中', '高'], limits: ['300', '600'] } });
      expect(tag.tiers.map(({ label, size, share, from }) => ({ label, size, share, from }))).toEqual([
        { label: '低', size: 2, share: 0.2, from: null }, { label: '中', size: 3, share: 0.3, from: '300' }, { label: '高', size: 3, share: 0.3, from: '600' },
      ]);
      expect(tag.size).toBe(8);
      expect(await holdersOf(tag.tiers[2].tagId)).toHaveLength(3);
      expect([...((await shop.sets.tag(tag.tiers[2].tagId)) ?? [])]).toEqual(people.slice(5, 8));
    });

    it('by the measure of a period count whoever did nothing only where there is no floor', async () => {
      const of = { kind: 'measure', facts: { fact: 'order' }, measure: 'amount', period: {} };
      const open = await make('消费额分层', { kind: 'tiers', tiers: { by: 'limits', of, over: null, labels: ['低', '高'], limits: ['500'] } });
      expect(open.tiers.map((tier) => tier.size)).toEqual([6, 4]);
      const floored = await make('消费额分层·有消费', { kind: 'tiers', tiers: { by: 'limits', of, over: 0, labels: ['低', '高'], limits: [500] } });
      expect(floored.tiers.map((tier) => tier.size)).toEqual([4, 4]);
    });

    it('by shares choose limits so that tiers hold about so many percent', async () => {
      const tag = await make('消费分位', { kind: 'tiers', tiers: { by: 'shares', of: sales, over: '0', labels: ['低', '中', '高'], shares: [50, 25, 25] } });
      expect(tag.tiers.map(({ size, from }) => ({ size, from }))).toEqual([{ size: 4, from: null }, { size: 2, from: '500' }, { size: 2, from: '700' }]);
    });

    it('by rules take whoever an earlier one did not', async () => {
      const atLeast = (value: string): Rule => ({ kind: 'field', field: 'sales_ever', test: { test: 'compare', compare: { is: 'at_least', value } } });
      const tag = await make('客户等级', { kind: 'tiers', tiers: { by: 'rules', tiers: [{ label: 'A', rule: atLeast('700') }, { label: 'B', rule: atLeast('100') }] } });
      expect(tag.tiers.map((tier) => tier.size)).toEqual([2, 6]);
    });

    it('keep the tags of labels that stay, so that rules that ask for them go on', async () => {
      const tag = await make('分层改名', { kind: 'tiers', tiers: { by: 'limits', of: sales, over: '0', labels: ['低', '高'], limits: ['300'] } });
      const definition = { kind: 'tiers' as const, tiers: { by: 'limits' as const, of: { kind: 'field' as const, field: 'sales_ever' }, over: '0', labels: ['低', '中', '高'], limits: ['200', '300'] } };
      const { body } = await shop.ask(updateLibraryTag, may, { params: { tagId: tag.tagId }, body: { version: 1, name: '分层', definition } });
      expect([body.tiers[0].tagId, body.tiers[2].tagId]).toEqual(tag.tiers.map((tier) => tier.tagId));
      expect(body.tiers.map((tier) => tier.size)).toEqual([1, 1, 6]);
      const { rows } = await shop.platform.pg.query('select name from tag where tag_id = $1', [tag.tiers[0].tagId]);
      expect(rows).toEqual([{ name: '分层·低' }]);
    });

    it('refuse what is no number, limits that do not rise and shares that are not all', async () => {
      const tried = (tiers: object) => shop.ask(createLibraryTag, may, { body: { name: '坏分层', definition: { kind: 'tiers', tiers } as never } });
      expect(await tried({ by: 'shares', of: { kind: 'field', field: 'city' }, over: null, labels: ['a', 'b'], shares: [50, 50] })).toMatchObject({ status: 400, code: 'audiences.tiers_need_a_number' });
      for (const tiers of [
        { by: 'limits', of: sales, over: null, labels: ['a', 'b', 'c'], limits: ['5', '5'] },
        { by: 'limits', of: sales, over: null, labels: ['a', 'A'], limits: ['5'] },
        { by: 'shares', of: sales, over: null, labels: ['a', 'b'], shares: [50, 49] },
        { by: 'limits', of: sales, over: null, labels: ['a', 'b'], limits: ["'; drop table tag; --"] },
      ]) expect((await tried(tiers)).status).toBe(400);
    });
  });

  describe('use', () => {
    it('is told of rules of tags and of audiences, and of a tag that nobody uses', async () => {
      const used = await make('被用', { kind: 'rule', rule: known });
      await make('用别人', { kind: 'rule', rule: asksFor(used.tagId) });
      await shop.audience('大促人群', asksFor(used.tagId));
      shop.library.registerUses({ users: async () => [{ tagIds: [used.tagId], label: 'journeys:use', name: '唤醒旅程', path: null }], replace: async () => 0 });
      expect((await tagOf(used.tagId)).uses.map((use) => use.name)).toEqual(['用别人', '大促人群', '唤醒旅程']);
      const unused = (await shop.ask(listLibraryTags, may, { query: { use: 'unused', pageSize: 200 } })).body.rows.map((row) => row.name);
      expect(unused).toContain('用别人');
      expect(unused).not.toContain('被用');
    });

    it('keeps a tag from being deleted unless its name is given, or another takes its place', async () => {
      const used = await make('要删的', { kind: 'rule', rule: known });
      const other = await make('替补', { kind: 'rule', rule: known });
      const asking = await make('引用者', { kind: 'rule', rule: asksFor(used.tagId) });
      const remove = (confirm?: string) => shop.ask(deleteLibraryTag, may, { params: { tagId: used.tagId }, query: { confirm } });
      const refused = await remove();
      expect(refused).toMatchObject({ status: 409, code: 'audiences.tag_in_use' });
      expect(refused.text).toContain('引用者');
      expect((await remove('别的名字')).status).toBe(409);
      expect((await shop.ask(replaceLibraryTag, may, { params: { tagId: used.tagId }, body: { by: other.tagId } })).body.replaced).toBe(1);
      expect((await tagOf(asking.tagId)).definition).toEqual({ kind: 'rule', rule: asksFor(other.tagId) });
      expect((await remove()).status).toBe(204);
      expect((await shop.ask(readLibraryTag, may, { params: { tagId: used.tagId } })).status).toBe(404);
      expect((await shop.ask(deleteLibraryTag, may, { params: { tagId: other.tagId }, query: { confirm: '替补' } })).status).toBe(204);
      await shop.turn();
      expect((await tagOf(asking.tagId)).size).toBe(0);
      expect(await audits('audiences.delete_tag')).toHaveLength(2);
    });

    it('is replaced in the rules of audiences too, whose people follow', async () => {
      const [few, many] = [await make('少数'), await make('多数', { kind: 'rule', rule: known })];
      await shop.ask(tagPeople, may, { params: { tagId: few.tagId }, body: { change: 'give', customerNos: people.slice(0, 2) } });
      const audienceId = await shop.audience('换标签', { kind: 'group', match: 'all', parts: [asksFor(few.tagId)] });
      const stored = async () => (await shop.platform.pg.query('select rule, size from audience where audience_id = $1', [audienceId])).rows[0];
      expect((await stored()).size).toBe(2);
      expect((await shop.ask(replaceLibraryTag, may, { params: { tagId: few.tagId }, body: { by: many.tagId } })).body.replaced).toBe(1);
      expect(await stored()).toEqual({ rule: { kind: 'group', match: 'all', parts: [asksFor(many.tagId)] }, size: 10 });
      expect(await audits('audiences.change')).toMatchObject([{ subject: `audience:${audienceId}` }]);
    });

    it('has the audiences that ask for it computed anew when its people change, and no others', async () => {
      const { tagId } = await make('变动', { kind: 'rule', rule: known });
      const [asking, other] = [await shop.audience('跟着变', { kind: 'held', days: 1, rule: asksFor(9_999, tagId) }), await shop.audience('不相干', known)];
      await shop.platform.pg.query('update audience set is_due = false');
      const due = async () => (await shop.platform.pg.query('select audience_id from audience where is_due')).rows.map((row) => row.audience_id).filter((id) => id === asking || id === other);
      await shop.ask(evaluateLibraryTag, may, { params: { tagId } });
      expect(await due()).toEqual([]);
      const rule: Rule = { kind: 'field', field: 'city', test: { test: 'unknown' } };
      await shop.ask(updateLibraryTag, may, { params: { tagId }, body: { version: 1, definition: { kind: 'rule', rule } } });
      expect(await due()).toEqual([asking]);
      await shop.platform.pg.query('update audience set is_due = false');
      await shop.ask(deleteLibraryTag, may, { params: { tagId }, query: { confirm: '变动' } });
      expect(await due()).toEqual([asking]);
    });

    it('takes a deleted tag from everybody, and their histories say so', async () => {
      const { tagId } = await make('一次性');
      await shop.ask(tagPeople, may, { params: { tagId }, body: { change: 'give', customerNos: [people[9]] } });
      expect((await shop.ask(deleteLibraryTag, may, { params: { tagId } })).status).toBe(204);
      const { body } = await shop.ask(readTimeline, 'customers.read', { params: { customerNo: people[9] }, query: { kinds: 'tag' } });
      expect(body.entries.map((e) => `${e.text.split('.')[1]} ${e.params.name}`)).toEqual(['tagRemoved 一次性', 'tagAdded 一次性']);
    });

    it('cannot go in a circle, through tags or audiences', async () => {
      const first = await make('甲', { kind: 'rule', rule: known });
      const second = await make('乙', { kind: 'rule', rule: asksFor(first.tagId) });
      const change = (rule: Rule) => shop.ask(updateLibraryTag, may, { params: { tagId: first.tagId }, body: { version: 1, definition: { kind: 'rule', rule } } });
      expect(await change(asksFor(second.tagId))).toMatchObject({ status: 409, code: 'audiences.tag_asks_for_itself' });
      const audienceId = await shop.audience('绕一圈', asksFor(second.tagId));
      expect(await change({ kind: 'group', match: 'all', parts: [{ kind: 'audience', audienceId }] })).toMatchObject({ status: 409, code: 'audiences.tag_asks_for_itself' });
      expect(await shop.ask(replaceLibraryTag, may, { params: { tagId: first.tagId }, body: { by: second.tagId } })).toMatchObject({ status: 409, code: 'audiences.tag_asks_for_itself' });
      expect(await shop.ask(replaceLibraryTag, may, { params: { tagId: first.tagId }, body: { by: first.tagId } })).toMatchObject({ status: 400, code: 'audiences.bad_replacement' });
    });
  });

  it('lists, sorts and pages, with what is not there refused', async () => {
    const bySize = (await shop.ask(listLibraryTags, may, { query: { sort: '-size', pageSize: 3 } })).body;
    expect(bySize.rows.map((row) => row.size)).toEqual(bySize.rows.map((row) => row.size).toSorted((a, b) => b - a));
    expect(bySize.total).toBeGreaterThan(3);
    expect(bySize.rows).toHaveLength(3);
    expect(await shop.ask(listLibraryTags, may, { query: { sort: 'secret' } })).toMatchObject({ status: 400, code: 'audiences.bad_tag_sort' });
    expect((await shop.ask(listLibraryTags, may, { query: { kind: 'tiers' } })).body.rows.every((row) => row.kind === 'tiers' && row.tiers.length > 1)).toBe(true);
  });

  it('refuses a taken name, another kind, and a rule that asks for what does not exist, and makes nothing', async () => {
    const tag = await make('独一份', { kind: 'rule', rule: known });
    expect(await shop.ask(createLibraryTag, may, { body: { name: '独一份', definition: { kind: 'hand' } } })).toMatchObject({ status: 409, code: 'audiences.tag_name_taken' });
    expect(await shop.ask(updateLibraryTag, may, { params: { tagId: tag.tagId }, body: { version: 1, definition: { kind: 'hand' } } })).toMatchObject({ status: 409, code: 'audiences.tag_kind_stays' });
    const unknown: Rule = { kind: 'field', field: 'no.such', test: { test: 'known' } };
    expect(await shop.ask(createLibraryTag, may, { body: { name: '没做成', definition: { kind: 'rule', rule: unknown } } })).toMatchObject({ status: 400, code: 'audiences.unknown_field' });
    expect((await shop.ask(listLibraryTags, may, { query: { q: '没做成' } })).body.total).toBe(0);
    expect((await shop.ask(evaluateLibraryTag, may, { params: { tagId: tag.tagId } })).body.size).toBe(10);
  });

  it('tells a tier apart from the tag it is of, in its history and in its people', async () => {
    const tag = await make('层历史', { kind: 'tiers', tiers: { by: 'limits', of: { kind: 'field', field: 'sales_ever' }, over: '0', labels: ['低', '高'], limits: ['300'] } });
    const [, high] = tag.tiers;
    const days = (await shop.ask(readTagHistory, may, { params: { tagId: high.tagId }, query: { days: 1 } })).body.days;
    expect(days.map(({ size, entered }) => ({ size, entered }))).toEqual([{ size: 6, entered: 6 }]);
    expect(await holdersOf(high.tagId)).toHaveLength(6);
  });

  it('counts people, not numbers: who was merged counts once', async () => {
    const [a, b] = [await shop.person({ external_id: 'M1' }), await shop.person({ external_id: 'M2' })];
    const { tagId } = await make('合并计数');
    await shop.ask(tagPeople, may, { params: { tagId }, body: { change: 'give', customerNos: [a, b] } });
    await shop.ask(mergeCustomers, 'customers.merge', { body: { survivorNo: a, absorbedNo: b } });
    await shop.customers.copier.drain();
    expect(await tagOf(tagId)).toMatchObject({ size: 1 });
  });

  it('follows people of a file through a merge', async () => {
    const [a, b] = [await shop.person({ external_id: 'F1' }), await shop.person({ external_id: 'F2' })];
    await shop.customers.syncToClickHouse([a, b]);
    const { tagId } = await make('合并名单', { kind: 'file' });
    await shop.ask(addTagList, may, { params: { tagId }, body: { listId: await shop.list('乙的名单', [b]) } });
    await shop.ask(mergeCustomers, 'customers.merge', { body: { survivorNo: a, absorbedNo: b } });
    await shop.turn();
    expect(await holdersOf(tagId)).toEqual([a]);
  });
});
