import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createMessagingServer,
  type MessagingServer,
} from '../../../../../test/messaging-server.ts';
import {
  type ChannelKind,
  checkTemplate,
  createTemplate,
  type GivenContent,
  type MessagePurpose,
  readCheckSettings,
  readTemplateVersion,
  submitTemplate,
  writeCheckSettings,
} from '../../contract.ts';

let at: MessagingServer;
const everything = 'messaging.read messaging.templates messaging.approve';
beforeAll(async () => {
  at = await createMessagingServer(everything);
});
afterAll(() => at.close());

const check = async (
  channel: ChannelKind,
  purpose: MessagePurpose,
  content: GivenContent,
  locale = 'en',
) =>
  (await at.ask(checkTemplate, { body: { channel, purpose, content } }, { locale }))
    .body;
/** What is found, as `level path`, of words that stand alone. */
async function found(
  channel: ChannelKind,
  words: Extract<GivenContent, { kind: 'plain' }>['locales']['zh-CN'],
  purpose: MessagePurpose = 'marketing',
  provider: Extract<GivenContent, { kind: 'plain' }>['provider'] = 'any',
): Promise<string[]> {
  const { findings } = await check(channel, purpose, {
    kind: 'plain',
    provider,
    locales: { 'zh-CN': words },
  });
  return findings.map(
    ({ path, level }) => `${level} ${path.replace('locales.zh-CN.', '')}`,
  );
}
const mail = (blocks: object[], subject = '新茶'): GivenContent =>
  ({
    kind: 'mail',
    locales: {
      'zh-CN': {
        subject,
        blocks: blocks.map((block, n) => ({ key: `b${n}`, ...block })),
      },
    },
  }) as GivenContent;
const footer = {
  kind: 'footer',
  text: '[退订]({{ links.unsubscribe }}) [偏好]({{ links.preferences }})',
};
const sms = (text: string, more: object = {}) => ({
  text: `【茶山】${text} 拒收请回复R`,
  ...more,
});

describe('a text message', () => {
  it('has a signature, and a way to say no where it advertises', async () => {
    expect(await found('sms', sms('新茶到店'))).toEqual([]);
    expect(await found('sms', { text: '新茶到店' })).toEqual([
      'wrong text',
      'wrong text',
    ]);
    expect(
      await found('sms', { text: '【茶山】您的验证码是 1234' }, 'service'),
    ).toEqual([]);
    for (const way of [
      '回T退订',
      '回TD退订',
      '退订回T',
      '退订请回复N',
      '拒收请回复 R',
      '拒收回R',
      '退訂請回覆N',
    ])
      expect(await found('sms', { text: `【茶山】新茶到店，${way}` }), way).toEqual([]);
    for (const none of ['退订', '回复1了解', '【】新茶'])
      expect(await found('sms', { text: `【茶山】新茶 ${none}` }), none).toEqual([
        'wrong text',
      ]);
  });

  it('keeps what its provider allows of variables', async () => {
    const filled = (value: string, provider: 'tencent' | 'aliyun' | 'twilio') =>
      found(
        'sms',
        sms('x', { providerTemplate: 'T1', variables: [{ name: '1', value }] }),
        'marketing',
        provider,
      );
    expect(await filled('一二三四五六', 'tencent')).toEqual([]);
    expect(await filled('一二三四五六七', 'tencent')).toEqual([
      'wrong variables.0.value',
    ]);
    expect(await filled('{{ person.name | default: "您" }}', 'tencent')).toEqual([
      'hint variables.0.value',
    ]);
    expect(
      await filled('{{ person.name | default: "您" | truncate: 6, "" }}', 'tencent'),
    ).toEqual([]);
    expect(await filled('t.cn/a', 'tencent')).toEqual(['wrong variables.0.value']);
    expect(await filled('https://a.invalid/x', 'tencent')).toContain(
      'wrong variables.0.value',
    );
    expect(await filled('三十五个字以内', 'aliyun')).toEqual([]);
    expect(
      await found(
        'sms',
        sms('{{ person.city | default: "x" }}'),
        'marketing',
        'aliyun',
      ),
    ).toEqual(['wrong providerTemplate', 'wrong text']);
    expect(
      await found('wechat', {
        text: '',
        variables: [
          { name: 'a', value: 'x' },
          { name: 'a', value: 'y' },
        ],
      }),
    ).toEqual(['wrong variables.1.name', 'wrong providerTemplate']);
  });

  it('says its size and cost in each language, fields filled as an example', async () => {
    await at.ask(writeCheckSettings, {
      body: { ...(await at.ask(readCheckSettings)).body, partPrice: '0.05' },
    });
    const content: GivenContent = {
      kind: 'plain',
      locales: {
        'zh-CN': sms('{{ person.name | default: "x" }}您好'),
        en: { text: `Hi ${'x'.repeat(170)} Reply STOP to opt out` },
      },
    };
    const { sizes, findings } = await check('sms', 'marketing', content);
    expect(findings).toEqual([]);
    expect(sizes['zh-CN']).toMatchObject({
      encoding: 'chinese',
      characters: '【茶山】王小明您好 拒收请回复R'.length,
      parts: 1,
      cost: '0.05',
    });
    expect(sizes.en).toMatchObject({ encoding: 'gsm7', parts: 2, cost: '0.1' });
    expect(
      (
        await check('wecom', 'service', {
          kind: 'plain',
          locales: { en: { text: 'x' } },
        })
      ).sizes,
    ).toEqual({});
  });
});

describe('words', () => {
  it('make no claim that the law forbids, hidden or not; what is allowed may hold one', async () => {
    for (const text of ['全网最低', '第 一 品牌', '国家*级', '销量第·一'])
      expect(await found('webhook', { text }), text).toContain('wrong text');
    expect(await found('webhook', { text: '第一时间告诉您' })).toEqual([]);
    expect(await found('webhook', { text: '第一时间告诉您，我们是第一' })).toEqual([
      'wrong text',
    ]);
    expect(
      await found('webhook', { text: '{{ person.city | default: "第一" }}' }),
    ).toEqual([]);
    expect(
      (
        await check(
          'email',
          'service',
          mail([
            { kind: 'text', text: '我们是最佳' },
            {
              kind: 'columns',
              columns: [[{ kind: 'title', key: 'c', text: '顶级' }], []],
            },
          ]),
        )
      ).findings.map(({ path }) => path),
    ).toEqual([
      'locales.zh-CN.blocks.0.text',
      'locales.zh-CN.blocks.1.columns.0.0.text',
    ]);
  });

  it('are checked against a list that the brand keeps, and who changed it is written down', async () => {
    const before = (await at.ask(readCheckSettings)).body;
    const body = {
      ...before,
      forbidden: [...before.forbidden, '秒杀'],
      allowed: ['秒杀价'],
    };
    expect(
      (
        await at.ask(
          writeCheckSettings,
          { body },
          { permissions: 'messaging.templates messaging.read' },
        )
      ).status,
    ).toBe(403);
    await at.ask(writeCheckSettings, { body });
    expect(await found('webhook', { text: '今晚秒杀' })).toEqual(['wrong text']);
    expect(await found('webhook', { text: '今晚秒杀价' })).toEqual([]);
    const { rows } = await at.platform.pg.query(
      "select details from audit_log where action = 'messaging.change_check' order by seq desc limit 1",
    );
    expect(rows[0].details.forbidden).toEqual({ added: ['秒杀'], removed: [] });
    await at.ask(writeCheckSettings, { body: before });
  });

  it('read fields that exist, and say what stands where one is empty', async () => {
    expect(
      await found('webhook', {
        text: '{{ person.nam }} {{ brand.nothing }} {{ wrong }}',
      }),
    ).toEqual(Array.from({ length: 3 }, () => 'wrong text'));
    expect(await found('webhook', { text: '{{ person.name }}' })).toEqual(['hint text']);
    for (const text of [
      '{{ person.name | default: "您" }}',
      '{% if person.name %}{{ person.name }}{% endif %}',
      '{{ person.attributes.skin | default: "x" }}',
      '{% assign a = 1 %}{{ a }}',
      '{% for p in recommendations %}{{ p.name }}{% endfor %}',
      '{{ brand.name }} {{ links.preferences }}',
    ])
      expect(await found('webhook', { text }), text).toEqual([]);
    for (const text of [
      '{{ person.name',
      '{% if %}',
      '{% if person.name %}',
      '{% include "x" %}',
      '{{ person.name | raw }}',
    ])
      expect(await found('webhook', { text }), text).toContain('wrong text');
    const { findings } = await check(
      'email',
      'service',
      mail([
        { kind: 'text', text: 'x', when: 'member.tier ==' },
        {
          kind: 'products',
          from: 'recommendations',
          most: 2,
          link: 'https://a.invalid/{{ product.id }}',
        },
      ]),
    );
    expect(findings.map(({ path, level }) => `${level} ${path}`)).toContain(
      'wrong locales.zh-CN.blocks.0.when',
    );
    expect(
      findings.some(
        ({ path, level }) => level === 'wrong' && path.includes('blocks.1'),
      ),
    ).toBe(false);
  });

  it.each([
    'javascript:alert(1)',
    'a.test/x',
    '//a.test',
    'http://127.0.0.1/x',
    'https://localhost/',
    'http://[::1]/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://169.254.169.254/latest',
    'https://10.1.2.3/',
    'file:///etc/passwd',
    'https://',
  ])('lead to where people can go: not to %s', async (link) => {
    expect(
      (
        await check(
          'email',
          'service',
          mail([
            { kind: 'button', text: 'x', link },
            { kind: 'text', text: `[x](${link})` },
          ]),
        )
      ).findings.filter(({ level }) => level === 'wrong').length,
    ).toBeGreaterThan(0);
  });

  it('may lead to a name that a value makes, or to a mail or a phone', async () => {
    const links = [
      '{{ person.attributes.site }}',
      'https://{{ person.attributes.shop }}.a.test/',
      'mailto:x@a.test',
      'tel:+8657112345678',
    ];
    expect(
      (
        await check(
          'email',
          'service',
          mail(links.map((link) => ({ kind: 'button', text: 'x', link }))),
        )
      ).findings,
    ).toEqual([]);
  });
});

describe('a mail', () => {
  it('that advertises has a way out, and leads somewhere', async () => {
    const paths = async (content: GivenContent) =>
      (await check('email', 'marketing', content)).findings.map(
        ({ path, level }) => `${level} ${path.replace('locales.zh-CN.', '')}`,
      );
    expect(await paths(mail([footer]))).toEqual([]);
    expect(await paths(mail([{ kind: 'title', text: '新茶' }]))).toEqual([
      'wrong blocks',
      'hint blocks',
    ]);
    expect(await paths(mail([], ''))).toEqual([
      'wrong subject',
      'wrong blocks',
      'wrong blocks',
      'hint blocks',
    ]);
    expect(
      await paths(
        mail([
          footer,
          { kind: 'image', address: '', alt: '' },
          { kind: 'button', text: '', link: '' },
        ]),
      ),
    ).toEqual([
      'wrong blocks.1.address',
      'wrong blocks.2.link',
      'wrong blocks.2.text',
      'hint blocks.1.alt',
    ]);
  });

  it('is refused for what is wrong with it, each thing at its place and in the reader’s language', async () => {
    const {
      body: { templateNo },
    } = await at.ask(createTemplate, {
      body: {
        name: '错的',
        channel: 'email',
        purpose: 'marketing',
        content: mail([{ kind: 'button', text: '看看', link: 'a.test' }]),
      },
    });
    const submit = (locale: string) =>
      at.ask(
        submitTemplate,
        { params: { templateNo, versionNo: 1 }, body: { revision: 1 } },
        { locale },
      );
    expect((await submit('en')).text).toContain('begin it with https://');
    const { status, body } = await submit('zh-CN');
    expect(status).toBe(400);
    expect(
      (body as unknown as { errors: { path: string }[] }).errors.map(
        ({ path }) => path,
      ),
    ).toEqual([
      'body.content.locales.zh-CN.blocks',
      'body.content.locales.zh-CN.blocks.0.link',
    ]);
    const shown = (
      await at.ask(readTemplateVersion, {
        params: { templateNo, versionNo: 1 },
      })
    ).body;
    expect(shown).toMatchObject({ changes: null, mayDecide: false });
  });
});
