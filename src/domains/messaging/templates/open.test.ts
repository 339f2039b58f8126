import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createMessagingServer,
  type MessagingServer,
} from '../../../../test/messaging-server.ts';
import {
  plainContent,
  plainLinks,
  templatesOf,
} from '../../../../test/templates-of.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { withdrawTemplate } from '../contract.ts';

let at: MessagingServer;
let of: ReturnType<typeof templatesOf>;
beforeAll(async () => {
  at = await createMessagingServer(
    'messaging.read messaging.templates messaging.approve',
  );
  of = templatesOf(at);
});
afterAll(() => at.close());

describe('an open template', () => {
  beforeAll(async () => {
    const { pg } = at.platform;
    await pg.query(
      "insert into customer (customer_no, created_at) select n, '2026-01-01' from generate_series(1, 5) n",
    );
    await inTransaction(pg, (client) =>
      at.customers.profiles.applyTraits(client, [
        {
          customerNo: 1,
          traits: {
            name: '王小明',
            city: '上海',
            language: 'zh-CN',
            昵称: '小王',
            skin: 'dry',
          },
          at: new Date(),
        },
        {
          customerNo: 2,
          traits: { name: 'Ann', language: 'en_GB' },
          at: new Date(),
        },
        {
          customerNo: 3,
          traits: { city: '北京', birthday: '1990-05-17' },
          at: new Date(),
        },
      ]),
    );
    await pg.query(
      'update customer set status = 1, merged_into = 1, merged_at = now() where customer_no = 3',
    );
    await pg.query('update customer set status = 2 where customer_no = 4');
  });

  it('reads what it shows of a batch, of merged people as they count today, each in their language', async () => {
    const templateNo = await of.approved(
      plainContent(
        '{{ person.name | default: "朋友" }} {{ person.city }} {{ person.birthday | date }} {{ person.attributes.skin }} {{ person.personal["昵称"] }} {{ last_order.total | money }} {{ recommendations[0].name | default: "新品" }} {{ brand.name }}',
        'Hi {{ person.name }}',
      ),
    );
    const open = await at.messaging.templates.open(templateNo, 1);
    const read = await open.read(at.platform.pg, [1, 2, 4, 5]);
    expect([...read.keys()].sort()).toEqual([1, 2, 5]);
    const text = (no: number): string =>
      open.render(read.get(no)!, plainLinks).text;
    expect(text(1)).toBe('王小明 上海 1990年5月17日 dry 小王  新品 常青');
    expect(text(2)).toBe('Hi Ann');
    expect(text(5)).toBe('朋友      新品 常青');
    const all = await open.renderAll(
      [1, 2, 5].map((no) => ({ person: read.get(no)!, links: plainLinks })),
    );
    expect(all).toEqual(
      [1, 2, 5].map((no) => open.render(read.get(no)!, plainLinks)),
    );
    expect((await open.read(at.platform.pg, [1], { locale: 'en' })).get(1)?.locale).toBe(
      'en',
    );
  });

  it('is open to people once it is approved, to a test before, and to nobody once it is withdrawn', async () => {
    const templateNo = await of.template(plainContent('x https://a.test/'));
    await expect(
      at.messaging.templates.open(templateNo, 1),
    ).rejects.toMatchObject({
      code: 'messaging.template_not_approved',
    });
    expect(
      (await at.messaging.templates.open(templateNo, 1, 'test')).channel,
    ).toBe('wecom');
    await of.submit(templateNo);
    await of.decide(templateNo, 1, true, 2);
    await at.messaging.templates.open(templateNo, 1);
    await at.ask(withdrawTemplate, {
      params: { templateNo, versionNo: 1 },
      body: { reason: '价格变了' },
    });
    await expect(
      at.messaging.templates.open(templateNo, 1),
    ).rejects.toMatchObject({
      code: 'messaging.template_withdrawn',
    });
    expect(await at.messaging.templates.current(templateNo)).toBeNull();
    expect(await at.messaging.templates.linksOf(templateNo, 1)).toEqual([
      'https://a.test/',
    ]);
    await expect(at.messaging.templates.open(9_999, 1)).rejects.toMatchObject({
      status: 404,
    });
  });

  it('shows what other domains registered, and no field twice', async () => {
    at.messaging.templates.registerField({
      name: 'member.tier',
      label: 'x',
      kind: 'text',
      isPersonal: false,
      read: async (_, nos, locale) =>
        new Map(nos.map((no) => [no, `${locale} ${no}`])),
    });
    expect(() =>
      at.messaging.templates.registerField({
        name: 'member.tier',
        label: 'x',
        kind: 'text',
        isPersonal: false,
        read: async () => new Map(),
      }),
    ).toThrow('member.tier');
    const open = await at.messaging.templates.open(
      await of.approved(plainContent('{{ member.tier }}')),
      1,
    );
    expect(
      open.render((await open.read(at.platform.pg, [1])).get(1)!, plainLinks)
        .text,
    ).toBe('zh-CN 1');
  });

  it('is the same for who is asked for twice at once, and its links are as they were written', async () => {
    const templateNo = await of.approved(
      plainContent('https://a.test/{{ person.city }}', 'https://b.test/'),
    );
    const { templates } = at.messaging;
    const [one, other] = await Promise.all([
      templates.open(templateNo, 1),
      templates.open(templateNo, 1),
    ]);
    expect(one.locales).toEqual(['zh-CN', 'en']);
    expect(other.locales).toEqual(one.locales);
    expect(await templates.linksOf(templateNo, 1)).toEqual([
      'https://a.test/{{ person.city }}',
      'https://b.test/',
    ]);
    expect(await templates.linksOf(templateNo, 2)).toEqual([]);
  });
});
