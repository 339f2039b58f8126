import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  jsonBody,
  openProviderAccount,
  type ProviderAccount,
  type Said,
} from '../../../../../test/provider-account.ts';
import type { Received } from '../../../../../test/receiver.ts';

const notice = {
  to: 'oOpenId',
  message: {
    text: '',
    providerTemplate: 'tmpl-1',
    variables: { thing1: '新茶' },
    link: 'https://shop.test/tea',
  },
};

describe('messages of a WeChat official account', () => {
  let account: ProviderAccount;
  let tokens = 0;
  const withTokens = (...said: Said[]) => {
    let next = 0;
    account.says((request: Received): Said => {
      if (request.path === '/cgi-bin/stable_token')
        return [200, { access_token: `t${++tokens}`, expires_in: 7_200 }];
      return said[Math.min(next++, said.length - 1)];
    });
  };
  beforeAll(async () => {
    account = await openProviderAccount('wechat', {
      appId: 'wx1',
      appSecret: 'secret',
    });
  });
  afterEach(() => void (account.receiver.received.length = 0));
  afterAll(() => account.close());
  const asked = () =>
    account.receiver.received.map(({ path }) => path.replace(/\?.*/, ''));

  it('are sent with a token that is asked for once, however many need it, and anew before it ends', async () => {
    withTokens([200, { errcode: 0, msgid: 77 }]);
    expect(
      await Promise.all([account.send(notice), account.send(notice)]),
    ).toEqual([
      { outcome: 'taken', providerId: '77' },
      { outcome: 'taken', providerId: '77' },
    ]);
    expect(asked().filter((path) => path.includes('token'))).toHaveLength(1);
    expect(jsonBody(account.receiver.received[0])).toEqual({
      grant_type: 'client_credential',
      appid: 'wx1',
      secret: 'secret',
      force_refresh: false,
    });
    expect(jsonBody(account.receiver.received[1])).toEqual({
      touser: 'oOpenId',
      template_id: 'tmpl-1',
      url: 'https://shop.test/tea',
      client_msg_id: 'k-1',
      data: { thing1: { value: '新茶' } },
    });
    account.now = new Date(account.now.getTime() + 6_950_000);
    await account.send(notice);
    expect(asked().filter((path) => path.includes('token'))).toHaveLength(2);
  });

  it('whose token was taken back go again with a new one', async () => {
    withTokens(
      [200, { errcode: 40001, errmsg: 'invalid credential' }],
      [200, { errcode: 0, msgid: 1 }],
    );
    expect(await account.send(notice)).toMatchObject({ outcome: 'taken' });
    expect(asked()).toEqual([
      '/cgi-bin/message/template/send',
      '/cgi-bin/stable_token',
      '/cgi-bin/message/template/send',
    ]);
  });

  it.each<[number, object]>([
    [43004, { outcome: 'refused', isDeadAddress: false }],
    [43101, { outcome: 'refused' }],
    [40003, { outcome: 'refused', isDeadAddress: true }],
    [40037, { outcome: 'refused', code: '40037' }],
    [47003, { outcome: 'refused' }],
    [45009, { outcome: 'later', isAccountsFault: true, isTooQuick: true }],
    [48001, { outcome: 'later', isAccountsFault: true }],
    [-1, { outcome: 'later', code: '-1', isAccountsFault: true }],
  ])(
    'tell the code %i apart, which comes with status 200',
    async (errcode, expected) => {
      withTokens([200, { errcode, errmsg: 'no' }]);
      expect(await account.send(notice)).toMatchObject(expected);
    },
  );

  it('do not leave where no token is given, and say by what code', async () => {
    const other = await openProviderAccount('wechat', {
      appId: 'wx2',
      appSecret: 'wrong',
      messageKind: 'subscription',
    });
    other.says([200, { errcode: 40164, errmsg: 'invalid ip' }]);
    expect(await other.send(notice)).toEqual({
      outcome: 'later',
      code: 'token 40164',
      isAccountsFault: true,
    });
    other.says((request) =>
      request.path.includes('stable_token')
        ? [200, { access_token: 'x', expires_in: 7_200 }]
        : [200, { errcode: 0 }],
    );
    expect(await other.send(notice)).toEqual({
      outcome: 'taken',
      providerId: 'k-1',
    });
    const { path, body } = other.receiver.received.at(-1)!;
    expect([path, JSON.parse(body.toString()).page]).toEqual([
      '/cgi-bin/message/subscribe/bizsend?access_token=x',
      'https://shop.test/tea',
    ]);
    await other.close();
  });
});

describe('mass messages of WeCom', () => {
  let account: ProviderAccount;
  const says = (...said: Said[]) => {
    let next = 0;
    account.says((request) =>
      request.path.startsWith('/cgi-bin/gettoken')
        ? [200, { errcode: 0, access_token: 't', expires_in: 7_200 }]
        : said[Math.min(next++, said.length - 1)],
    );
  };
  beforeAll(async () => {
    account = await openProviderAccount('wecom', {
      corpId: 'ww1',
      corpSecret: 'secret',
      employee: 'zhang',
    });
  });
  afterAll(() => account.close());

  it('with the same words are one task for the employee; who has had enough is told apart', async () => {
    says([
      200,
      { errcode: 0, errmsg: 'ok', fail_list: ['wm2'], msgid: 'msg-1' },
    ]);
    const sent = await Promise.all(
      ['wm1', 'wm2', 'wm3'].map((to, n) => account.send({ to, key: `k-${n}` })),
    );
    expect(sent).toEqual([
      { outcome: 'taken', providerId: 'msg-1 wm1' },
      { outcome: 'refused', code: 'fail_list' },
      { outcome: 'taken', providerId: 'msg-1 wm3' },
    ]);
    const tasks = account.receiver.received.filter(({ path }) =>
      path.includes('add_msg_template'),
    );
    expect(tasks.map(jsonBody)).toEqual([
      {
        chat_type: 'single',
        external_userid: ['wm1', 'wm2', 'wm3'],
        sender: 'zhang',
        text: { content: '新茶到店' },
      },
    ]);
  });

  it('with other words are another task, with a link as its attachment', async () => {
    says([200, { errcode: 0, msgid: 'msg-2' }]);
    account.receiver.received.length = 0;
    await Promise.all([
      account.send({ to: 'wm1' }),
      account.send({
        to: 'wm2',
        message: { text: '林，新茶到店', link: 'https://shop.test' },
      }),
    ]);
    expect(
      account.receiver.received
        .map(jsonBody)
        .map((task) => [task.external_userid, task.attachments]),
    ).toEqual([
      [['wm1'], undefined],
      [
        ['wm2'],
        [
          {
            msgtype: 'link',
            link: { title: '林，新茶到店', url: 'https://shop.test' },
          },
        ],
      ],
    ]);
  });

  it.each<[Said, object]>([
    [
      [
        200,
        { errcode: 41048, errmsg: 'no customer to send', fail_list: ['wm1'] },
      ],
      { outcome: 'refused', code: 'fail_list' },
    ],
    [[200, { errcode: 45009 }], { outcome: 'later', isTooQuick: true }],
    [[200, { errcode: 60020 }], { outcome: 'later', isAccountsFault: true }],
    [[200, { errcode: 40096 }], { outcome: 'refused', isDeadAddress: true }],
    [[200, { errcode: 40058 }], { outcome: 'refused', code: '40058' }],
    [[200, 'nonsense'], { outcome: 'unknown' }],
  ])('tell %j apart', async (said, expected) => {
    says(said);
    expect(await account.send({ to: 'wm1' })).toMatchObject(expected);
  });

  it('longer than the platform takes do not leave', async () => {
    expect(
      await account.send({ to: 'wm1', message: { text: '长'.repeat(1_334) } }),
    ).toEqual({ outcome: 'refused', code: 'too_long' });
  });

  it('that leave together wait for one moment of the account, and stay where it is refused', async () => {
    says([200, { errcode: 0, msgid: 'msg-3' }]);
    const parcel = {
      key: 'k',
      to: 'wm1',
      locale: 'zh-CN' as const,
      purpose: 'marketing' as const,
      message: { text: '一起' },
    };
    const before = account.receiver.received.length;
    const refuse = () => Promise.reject(new Error('not now'));
    const tried = await Promise.allSettled([
      account.adapter.send(parcel, refuse),
      account.adapter.send({ ...parcel, to: 'wm2' }, async () => {}),
    ]);
    expect(tried.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(account.receiver.received).toHaveLength(before);
  });
});
