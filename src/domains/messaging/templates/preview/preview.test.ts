import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createMessagingServer,
  type MessagingServer,
} from '../../../../../test/messaging-server.ts';
import { addMailAccount } from '../../../../../test/channel-accounts.ts';
import { createMailBox, type MailBox } from '../../../../../test/mail-box.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import {
  type GivenContent,
  listTemplateFields,
  previewTemplate,
  tryTemplate,
} from '../../contract.ts';

let at: MessagingServer;
const everything = 'messaging.read messaging.templates messaging.approve';
beforeAll(async () => {
  at = await createMessagingServer(everything);
  const { pg } = at.platform;
  await pg.query(
    "insert into customer (customer_no, created_at) select n, '2026-01-01' from generate_series(1, 30) n",
  );
  await inTransaction(pg, (client) =>
    at.customers.profiles.applyTraits(
      client,
      Array.from({ length: 30 }, (_, n) => ({
        customerNo: n + 1,
        traits: {
          name: `王小明${n + 1}`,
          昵称: `小王同学${n + 1}号`,
          city: '杭州',
        },
        at: new Date(),
      })),
    ),
  );
});
afterAll(() => at.close());

describe('a preview', () => {
  const content: GivenContent = {
    kind: 'plain',
    locales: {
      'zh-CN': {
        text: '{{ person.name }} {{ person.personal["昵称"] }} {{ person.city }} {{ recommendations[0].name }}',
      },
      en: { text: 'Hi {{ person.name }}' },
    },
  };
  const preview = (as: object, more: object = {}, permissions = everything) =>
    at.ask(
      previewTemplate,
      {
        body: {
          channel: 'wecom',
          purpose: 'marketing',
          content,
          as,
          ...more,
        } as never,
      },
      { permissions },
    );

  it('shows an example in each language, without asking about anybody', async () => {
    const { body } = await preview({ who: 'example' });
    expect(
      body.previews.map(({ locale, customerNo, message }) => [
        locale,
        customerNo,
        message?.text,
      ]),
    ).toEqual([
      ['zh-CN', null, '王小明  杭州市 明前龙井 50 克'],
      ['en', null, 'Hi Alex Wang'],
    ]);
  });

  it('masks what is personal, unless somebody who may asks for it in full, which is written down', async () => {
    expect(
      (await preview({ who: 'person', customerNo: 3 })).body.previews,
    ).toMatchObject([
      {
        customerNo: 3,
        locale: 'zh-CN',
        message: { text: '王** 小王**** 杭州' },
      },
    ]);
    expect(
      (await preview({ who: 'person', customerNo: 3 }, { inFull: true }))
        .status,
    ).toBe(403);
    const { body } = await preview(
      { who: 'person', customerNo: 3 },
      { inFull: true, locale: 'en' },
      `${everything} customers.reveal`,
    );
    expect(body.previews[0].message?.text).toBe('Hi 王小明3');
    const { rows } = await at.platform.pg.query(
      "select subject, details from audit_log where action = 'messaging.preview_in_full'",
    );
    expect(rows).toEqual([
      { subject: 'customer:3', details: { customerNos: [3] } },
    ]);
  });

  it('shows ten people at random, each once, and nobody who is gone', async () => {
    await at.platform.pg.query(
      'update customer set status = 2 where customer_no > 25',
    );
    const seen = new Set<number>();
    for (let turn = 0; turn < 12; turn++) {
      const { body } = await preview({ who: 'random', people: 10 });
      const people = body.previews.map(({ customerNo }) => customerNo!);
      expect(new Set(people).size).toBe(people.length);
      expect(people.length).toBeGreaterThan(5);
      people.forEach((one) => seen.add(one));
    }
    expect(Math.max(...seen)).toBeLessThanOrEqual(25);
    expect(seen.size).toBeGreaterThan(15);
    expect((await preview({ who: 'person', customerNo: 28 })).status).toBe(404);
  });

  it('says why somebody would get no message, beside those who would', async () => {
    const heavy: GivenContent = {
      kind: 'plain',
      locales: {
        'zh-CN': {
          text: '{% if person.name contains "4" %}{% for a in (1..9000) %}x{% endfor %}{% endif %}ok',
        },
      },
    };
    const of = async (customerNo: number) =>
      (
        await at.ask(
          previewTemplate,
          {
            body: {
              channel: 'wecom',
              purpose: 'service',
              content: heavy,
              as: { who: 'person', customerNo },
              inFull: true,
            },
          },
          { permissions: `${everything} customers.reveal` },
        )
      ).body.previews[0];
    expect(await of(5)).toMatchObject({
      message: { text: 'ok' },
      problem: null,
    });
    expect((await of(4)).problem).toContain('too much');
    expect(
      (
        await at.ask(previewTemplate, {
          body: {
            channel: 'wecom',
            purpose: 'service',
            content: { kind: 'plain', locales: { en: { text: '{{ x' } } },
            as: { who: 'example' },
          },
        })
      ).status,
    ).toBe(400);
  });

  it('shows what is sent to whoever refused to be shown what is chosen for them: nothing of theirs but the name', async () => {
    const plain = { isPlain: true };
    const { body } = await preview({ who: 'person', customerNo: 3 }, plain);
    expect(body.previews[0].message?.text).toBe('王**');
    const example = await preview({ who: 'example' }, plain);
    expect(example.body.previews[0].message?.text).toBe('王小明');
  });

  it('is of fields that are told in the reader’s language', async () => {
    const { body } = await at.ask(listTemplateFields, {}, { locale: 'zh-CN' });
    expect(body.fields).toContainEqual({
      name: 'person.name',
      label: '姓名',
      kind: 'text',
      isPersonal: true,
    });
  });
});

describe('a message that is tried', () => {
  const content: GivenContent = {
    kind: 'mail',
    locales: {
      'zh-CN': {
        subject: '{{ person.name }}，春茶到了',
        blocks: [
          { kind: 'footer', key: 'a', text: '[退订]({{ links.unsubscribe }})' },
        ],
      },
    },
  };
  let box: MailBox;
  beforeAll(async () => {
    box = await createMailBox();
    at.platform.config.outboundAllow.push('127.0.0.1');
  });
  afterAll(() => box.close());
  const tryOut = (to: string, more: object = {}, permissions = everything) =>
    at.ask(
      tryTemplate,
      {
        body: {
          channel: 'email',
          purpose: 'marketing',
          content,
          locale: 'zh-CN',
          as: { who: 'example' },
          to,
          ...more,
        } as never,
      },
      { permissions },
    );

  it('needs an account, and goes to its testers alone where somebody may not set channels up', async () => {
    expect(await tryOut('me@shop.test')).toMatchObject({
      status: 409,
      code: 'messaging.channel_closed',
    });
    await addMailAccount(at.platform, box.port, {
      testers: ['me@shop.test'],
      state: 'test',
    });
    const refused = await tryOut('stranger@else.test');
    expect(refused).toMatchObject({
      status: 403,
      code: 'messaging.not_a_tester',
    });
    expect(refused.text).not.toContain('stranger');
    expect((await tryOut('me@shop.test')).body.outcome).toBe('taken');
    const wide = `${everything} messaging.channels`;
    expect((await tryOut('boss@else.test', {}, wide)).body.outcome).toBe(
      'taken',
    );
    expect(box.received.map(({ to, mail }) => [to, mail.subject])).toEqual([
      ['me@shop.test', '王小明，春茶到了'],
      ['boss@else.test', '王小明，春茶到了'],
    ]);
  });

  it('shows of a person what its sender may see, and says so where it cannot be made', async () => {
    const as = { who: 'person', customerNo: 3 };
    await tryOut('me@shop.test', { as });
    expect(box.received.at(-1)?.mail.subject).toBe('王**，春茶到了');
    expect((await tryOut('me@shop.test', { as, inFull: true })).status).toBe(
      403,
    );
    expect((await tryOut('me@shop.test', { locale: 'en' })).code).toBe(
      'messaging.template_without_language',
    );
  });
});
