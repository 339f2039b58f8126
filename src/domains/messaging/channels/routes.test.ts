import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addChannelAccount } from '../../../../test/channel-accounts.ts';
import { createMailBox, type MailBox } from '../../../../test/mail-box.ts';
import {
  createMessagingServer,
  type MessagingServer,
} from '../../../../test/messaging-server.ts';
import {
  accountStates,
  changeChannel,
  createChannel,
  deleteChannel,
  listChannels,
  listTestMessages,
  orderChannels,
  readChannel,
  testChannel,
} from '../contract.ts';
import { keepTestMessage } from './test-mode/test-messages.ts';

describe('accounts of channels over HTTP', () => {
  let test: MessagingServer;
  let box: MailBox;
  beforeAll(async () => {
    test = await createMessagingServer('messaging.read messaging.channels');
    test.platform.config.outboundAllow.push('127.0.0.1');
    box = await createMailBox({
      user: { name: 'robot', password: 'three green kettles' },
    });
  });
  afterEach(() => test.platform.pg.query('delete from channel_account'));
  afterAll(async () => {
    await box.close();
    await test.close();
  });
  const mail = (more: object = {}, values: object = {}) => ({
    provider: 'smtp' as const,
    name: '品牌邮件',
    state: accountStates[1],
    perSecond: 5,
    atOnce: 2,
    perDay: 1_000,
    cost: '0.01',
    secrets: { password: 'three green kettles' },
    values: {
      host: '127.0.0.1',
      port: String(box.port),
      security: 'plain',
      user: 'robot',
      fromAddress: 'news@shop.test',
      fromName: '常青',
      ...values,
    },
    ...more,
  });
  const add = async (more: object = {}, values: object = {}) =>
    (await test.ask(createChannel, { body: mail(more, values) })).body
      .accountNo;

  it('are added in test mode, shown with how they do, and never with what is secret', async () => {
    const accountNo = await add();
    const list = await test.ask(listChannels);
    expect(list.body.accounts).toMatchObject([
      {
        accountNo,
        channel: 'email',
        provider: 'smtp',
        name: '品牌邮件',
        state: 'test',
        condition: 'well',
        perSecond: 5,
        perSecondNow: 5,
        sentToday: 0,
        trouble: null,
      },
    ]);
    const detail = await test.ask(readChannel, { params: { accountNo } });
    expect(detail.body).toMatchObject({
      values: { host: '127.0.0.1', user: 'robot' },
      secretsKept: ['password'],
      atOnce: 2,
      createdBy: 'test staff',
    });
    expect(list.text + detail.text).not.toContain('kettles');
    const { rows } = await test.platform.pg.query(
      `select action, details from audit_log where subject = $1`,
      [`channel:${accountNo}`],
    );
    expect(rows).toEqual([
      {
        action: 'messaging.add_channel',
        details: { provider: 'smtp', name: '品牌邮件', state: 'test' },
      },
    ]);
  });

  it.each<[string, object, object, string]>([
    ['a port', {}, { port: '70000' }, 'body.values.port'],
    ['an address', {}, { fromAddress: 'nobody' }, 'body.values.fromAddress'],
    ['a name that is left out', {}, { fromName: '' }, 'body.values.fromName'],
    ['a field that nobody knows', {}, { colour: 'red' }, 'body.values.colour'],
    [
      'a secret that nobody knows',
      { secrets: { pin: '1' } },
      {},
      'body.secrets.pin',
    ],
    [
      'a line break in a name',
      {},
      { fromName: 'x\r\nBcc: all@shop.test' },
      'body.values.fromName',
    ],
  ])(
    'are refused for %s that is not as it must be, by the field',
    async (_what, more, values, path) => {
      const reply = await test.ask(createChannel, { body: mail(more, values) });
      expect([reply.status, reply.code]).toEqual([
        400,
        'messaging.channel_settings_bad',
      ]);
      expect(reply.text).toContain(path);
      expect(reply.text).not.toContain('Bcc');
    },
  );

  it("that lead into a network of one's own are refused when they are saved, as by what sends", async () => {
    const refused = async (host: string, url?: string) =>
      (
        await test.ask(createChannel, {
          body: url
            ? {
                ...mail(),
                provider: 'webhook',
                name: 'w',
                values: { url },
                secrets: {},
              }
            : mail({}, { host, security: 'tls' }),
        })
      ).code;
    for (const host of [
      '10.0.0.5',
      '169.254.169.254',
      '0xa.1',
      '2130706434',
      '::1',
      '[::ffff:10.0.0.1]',
    ])
      expect(await refused(host), host).toMatch(/outbound|settings_bad/);
    for (const url of [
      'http://169.254.169.254/latest',
      'https://10.1.2.3/x',
      'file:///etc/passwd',
      'gopher://x/',
      'https://a:b@x.test/',
      'http://[::1]/',
      'http://8.8.8.8/',
    ])
      expect(await refused('', url), url).toMatch(/outbound|settings_bad/);
    expect(
      (await test.platform.pg.query('select from channel_account')).rowCount,
    ).toBe(0);
  });

  it('of one name are one', async () => {
    await add();
    const again = await test.ask(createChannel, {
      body: mail({ name: '品牌邮件' }),
    });
    expect([again.status, again.code]).toEqual([
      409,
      'messaging.channel_name_taken',
    ]);
  });

  it('keep their secrets when they are changed, unless they lead elsewhere from then on', async () => {
    const accountNo = await add();
    const { provider: _, ...same } = mail({
      secrets: {},
      name: '改名',
      state: 'active',
    });
    expect(
      (await test.ask(changeChannel, { params: { accountNo }, body: same }))
        .status,
    ).toBe(204);
    expect(
      (await test.ask(readChannel, { params: { accountNo } })).body,
    ).toMatchObject({
      name: '改名',
      state: 'active',
      secretsKept: ['password'],
    });
    const elsewhere = await test.ask(changeChannel, {
      params: { accountNo },
      body: { ...same, values: { ...same.values, port: '26' } },
    });
    expect([elsewhere.status, elsewhere.code]).toEqual([
      400,
      'messaging.channel_secret_needed',
    ]);
    expect(
      (
        await test.ask(changeChannel, {
          params: { accountNo },
          body: {
            ...same,
            values: { ...same.values, port: '26' },
            secrets: { password: 'another' },
          },
        })
      ).status,
    ).toBe(204);
  });

  it.each([
    ['wechat', { appId: 'wx1234567890abcdef' }, { appSecret: 'kept' }, { messageKind: 'subscription', appId: 'wx1234567890abcdee' }],
    ['apns', { teamId: 'TEAM123456', keyId: 'KEY1234567', topic: 'cn.shop.app' }, { signingKey: 'kept' }, { environment: 'sandbox', topic: 'cn.shop.other' }],
    ['ses', { accessKeyId: 'AKIA', region: 'us-east-1', fromAddress: 'a@shop.test', fromName: 'Shop' }, { secretAccessKey: 'kept' }, { region: 'eu-west-1', configurationSet: 'news' }],
  ] as const)('of %s keep their secrets whatever else is changed, and ask for them where another address is given', async (provider, values, secrets, changes) => {
    const accountNo = await addChannelAccount(test.platform, provider, values, { secrets });
    const change = async (changed: Record<string, string>) => {
      const { body: { values: now, name, state } } = await test.ask(readChannel, { params: { accountNo } });
      return (await test.ask(changeChannel, { params: { accountNo }, body: { name, state, perSecond: 1, atOnce: 1, perDay: null, cost: '0', values: { ...now, ...changed } } })).status;
    };
    for (const [name, value] of Object.entries(changes)) expect([name, await change({ [name]: value })]).toEqual([name, 204]);
    expect(await change({ endpoint: 'http://127.0.0.1:17001' })).toBe(400);
    expect((await test.ask(readChannel, { params: { accountNo } })).body).toMatchObject({ values: changes, secretsKept: Object.keys(secrets) });
  });

  it('are put in order, all of a channel at once', async () => {
    const [one, two] = [await add({ name: 'a' }), await add({ name: 'b' })];
    expect(
      (
        await test.ask(orderChannels, {
          body: { channel: 'email', accountNos: [two, one] },
        })
      ).status,
    ).toBe(204);
    expect(
      (await test.ask(listChannels)).body.accounts.map(
        ({ accountNo }) => accountNo,
      ),
    ).toEqual([two, one]);
    for (const accountNos of [[one], [one, one], [one, two, 999]]) {
      const reply = await test.ask(orderChannels, {
        body: { channel: 'email', accountNos },
      });
      expect([reply.status, reply.code]).toEqual([
        409,
        'messaging.channels_changed',
      ]);
    }
  });

  it('are deleted when they are off, with all that is secret', async () => {
    const accountNo = await add();
    expect(
      (await test.ask(deleteChannel, { params: { accountNo } })).code,
    ).toBe('messaging.channel_in_use');
    const { provider: _, ...off } = mail({ state: 'off' });
    await test.ask(changeChannel, { params: { accountNo }, body: off });
    expect(
      (await test.ask(deleteChannel, { params: { accountNo } })).status,
    ).toBe(204);
    expect((await test.ask(readChannel, { params: { accountNo } })).code).toBe(
      'messaging.channel_not_found',
    );
  });

  it('send a message to oneself and say what left and what was answered', async () => {
    const accountNo = await add();
    const body = { to: 'me@shop.test', subject: '测试', text: '一条' };
    const taken = await test.ask(testChannel, { params: { accountNo }, body });
    expect(taken.body).toMatchObject({
      outcome: 'taken',
      trouble: null,
      providerId: expect.stringMatching(/^<test-.*@shop\.test>$/),
    });
    expect(taken.body.shown).toMatch(/^To: me@shop\.test/m);
    expect(box.received.at(-1)).toMatchObject({
      to: 'me@shop.test',
      mail: { subject: '测试' },
    });
    const wrong = await add({ name: 'wrong', secrets: { password: 'wrong' } });
    const refused = await test.ask(testChannel, {
      params: { accountNo: wrong },
      body,
    });
    expect(refused.body).toMatchObject({
      outcome: 'later',
      trouble: expect.stringContaining('password'),
    });
    expect(refused.text).not.toContain('kettles');
  });

  it('show what test mode kept, in full to who may see personal data', async () => {
    const accountNo = await add();
    await keepTestMessage(
      test.platform.pg,
      test.platform.secret,
      accountNo,
      { to: 'person@shop.test' },
      'To: person@shop.test',
      new Date(),
    );
    const masked = await test.ask(listTestMessages, { params: { accountNo } });
    expect(masked.body).toMatchObject({
      total: 1,
      rows: [{ to: 'p***@shop.test', shown: null }],
    });
    const full = await test.ask(
      listTestMessages,
      { params: { accountNo } },
      { permissions: 'messaging.channels customers.reveal' },
    );
    expect(full.body.rows).toMatchObject([
      { to: 'person@shop.test', shown: 'To: person@shop.test' },
    ]);
  });

  it('of a webhook tell the key that signs once; of web push the public one always', async () => {
    const rest = {
      state: 'off' as const,
      perSecond: 1,
      atOnce: 1,
      perDay: null,
      cost: '0',
      secrets: {},
    };
    const hook = await test.ask(createChannel, {
      body: {
        ...rest,
        provider: 'webhook',
        name: 'hook',
        values: { url: 'http://127.0.0.1:9/' },
      },
    });
    expect(hook.body.secret).toMatch(/^whsec_/);
    expect(
      (
        await test.ask(readChannel, {
          params: { accountNo: hook.body.accountNo },
        })
      ).text,
    ).not.toContain('whsec_');
    const push = await test.ask(createChannel, {
      body: {
        ...rest,
        provider: 'webpush',
        name: 'push',
        values: { contact: 'care@shop.test' },
      },
    });
    expect(push.body.secret).toMatch(/^B[\w-]{86}$/);
    expect(
      (
        await test.ask(readChannel, {
          params: { accountNo: push.body.accountNo },
        })
      ).body.publicKey,
    ).toBe(push.body.secret);
  });
});
