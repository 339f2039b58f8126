import { createCipheriv, createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { call } from '../../../../../test/receipt-call.ts';
import { hearDirectmail } from './providers/directmail.ts';
import { hearTencentsms } from './providers/tencentsms.ts';
import { hearTwilio } from './providers/twilio.ts';
import { hearWechat } from './providers/wechat.ts';

describe('reports of Twilio', () => {
  const secrets = { authToken: 'token' };
  const hear = (
    fields: Record<string, string>,
    scheme = 'https://',
    token = 'token',
  ) => {
    const body = Buffer.from(new URLSearchParams(fields).toString());
    const text = Object.keys(fields)
      .sort()
      .map((name) => name + fields[name])
      .join('');
    const signature = createHmac('sha1', token)
      .update(`${scheme}crm.shop.test/receipts/1/x${text}`)
      .digest('base64');
    return hearTwilio(
      call({ body, secrets, headers: { 'x-twilio-signature': signature } }),
    );
  };
  it("are taken with the signature of the account's token, with and without a proxy that decrypts", async () => {
    for (const scheme of ['https://', 'http://']) {
      expect(
        (
          await hear(
            {
              MessageSid: 'SM1',
              MessageStatus: 'undelivered',
              To: '+8613800138000',
              ErrorCode: '30005',
            },
            scheme,
          )
        ).told,
      ).toMatchObject([
        { kind: 'bounced', messageIds: ['SM1'], isFinal: true, code: '30005' },
      ]);
    }
    expect(
      (await hear({ MessageSid: 'SM2', MessageStatus: 'delivered', To: '+44' }))
        .told,
    ).toMatchObject([{ kind: 'delivered' }]);
    expect(
      (await hear({ MessageSid: 'SM3', MessageStatus: 'sent' })).told,
    ).toEqual([]);
    expect(
      (await hear({ MessageSid: 'SM4', From: '+447700900123', Body: 'Stop' }))
        .told,
    ).toMatchObject([{ kind: 'stop', address: '+447700900123' }]);
  });
  it('are refused with another', () => {
    expect(() => hear({ MessageSid: 'SM1' }, 'https://', 'other')).toThrow(
      'messaging.receipt_not_signed',
    );
    expect(() =>
      hearTwilio(call({ secrets, body: Buffer.from('MessageSid=SM1') })),
    ).toThrow('messaging.receipt_not_signed');
  });
});

describe('reports of Tencent Cloud', () => {
  const hear = async (given: unknown) =>
    (await hearTencentsms(call({ body: Buffer.from(JSON.stringify(given)) })))
      .told;
  it('come in batches, replies one by one', async () => {
    expect(
      await hear([
        {
          mobile: '13800138000',
          nationcode: '86',
          report_status: 'SUCCESS',
          sid: 's-1',
          errmsg: 'DELIVRD',
          user_receive_time: '2026-06-18 11:30:00',
        },
        {
          mobile: 13800138001,
          report_status: 'FAIL',
          sid: 's-2',
          errmsg: 'MK:0001',
        },
      ]),
    ).toMatchObject([
      {
        kind: 'delivered',
        address: '+8613800138000',
        at: new Date('2026-06-18T03:30:00Z'),
      },
      { kind: 'bounced', isFinal: true, code: 'MK:0001' },
    ]);
    expect(
      await hear({
        mobile: '13800138000',
        nationcode: '86',
        text: 'Ｔ',
        time: 1781753000,
      }),
    ).toMatchObject([{ kind: 'stop' }]);
    await expect(hear({ a: 1 })).rejects.toMatchObject({ status: 400 });
  });
});

describe('events of a WeChat official account', () => {
  const secrets = {
    callbackToken: 'token',
    encodingKey: Buffer.alloc(32, 5).toString('base64').slice(0, 43),
  };
  const signed = (...parts: string[]): string =>
    createHash('sha1').update(parts.sort().join('')).digest('hex');
  const clear = (xml: string, token = 'token') =>
    call({
      secrets,
      body: Buffer.from(xml),
      query: { timestamp: '1', nonce: '2', signature: signed(token, '1', '2') },
    });
  const xml = (inner: string) =>
    `<xml><FromUserName><![CDATA[oA]]></FromUserName><CreateTime>1781753000</CreateTime>${inner}</xml>`;
  const finished = (status: string) =>
    xml(
      `<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[TEMPLATESENDJOBFINISH]]></Event><MsgID>77</MsgID><Status><![CDATA[${status}]]></Status>`,
    );

  it('tell what became of subscription notices, by the last one where no id was told', async () => {
    const sent = (code: string) =>
      xml(
        `<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[subscribe_msg_sent_event]]></Event><SubscribeMsgSentEvent><List><TemplateId><![CDATA[t]]></TemplateId><MsgID><![CDATA[1700]]></MsgID><ErrorCode><![CDATA[${code}]]></ErrorCode><ErrorStatus><![CDATA[success]]></ErrorStatus></List></SubscribeMsgSentEvent>`,
      );
    expect((await hearWechat(clear(sent('0')))).told).toMatchObject([
      { kind: 'delivered', messageIds: ['1700'], isOfLast: true, code: null },
    ]);
    expect((await hearWechat(clear(sent('43101')))).told).toMatchObject([
      { kind: 'bounced', isFinal: false, code: '43101' },
    ]);
  });

  it('tell what became of template messages, and who left', async () => {
    expect((await hearWechat(clear(finished('success')))).told).toMatchObject([
      { kind: 'delivered', messageIds: ['77'], address: 'oA' },
    ]);
    expect(
      (await hearWechat(clear(finished('failed:user block')))).told,
    ).toMatchObject([
      { kind: 'bounced', isFinal: false, code: 'failed:user block' },
    ]);
    expect((await hearWechat(clear(finished('<b>1</b>')))).told).toMatchObject([
      { code: 'other' },
    ]);
    expect(
      (
        await hearWechat(
          clear(xml('<MsgType>event</MsgType><Event>unsubscribe</Event>')),
        )
      ).told,
    ).toMatchObject([{ kind: 'stop', code: 'unfollow' }]);
    expect(
      (
        await hearWechat(
          clear(
            xml(
              '<MsgType>text</MsgType><Content>退订</Content><MsgId>9</MsgId>',
            ),
          ),
        )
      ).told,
    ).toMatchObject([{ kind: 'stop', id: '9' }]);
  });

  it('are opened where they are encrypted, with the signature over what is encrypted', async () => {
    const key = Buffer.from(`${secrets.encodingKey}=`, 'base64');
    const text = Buffer.from(finished('success'));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(text.length);
    const whole = Buffer.concat([
      Buffer.alloc(16, 1),
      length,
      text,
      Buffer.from('wx1'),
    ]);
    const pad = 32 - (whole.length % 32);
    const cipher = createCipheriv(
      'aes-256-cbc',
      key,
      key.subarray(0, 16),
    ).setAutoPadding(false);
    const encrypted = Buffer.concat([
      cipher.update(Buffer.concat([whole, Buffer.alloc(pad, pad)])),
      cipher.final(),
    ]).toString('base64');
    const given = (signature: string) =>
      call({
        secrets,
        body: Buffer.from(
          `<xml><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`,
        ),
        query: { timestamp: '1', nonce: '2', msg_signature: signature },
      });
    expect(
      (await hearWechat(given(signed('token', '1', '2', encrypted)))).told,
    ).toMatchObject([{ kind: 'delivered', messageIds: ['77'] }]);
    expect(() => hearWechat(given(signed('token', '1', '2', 'other')))).toThrow(
      'messaging.receipt_not_signed',
    );
  });

  it('are refused without the token, and the server is confirmed with it', async () => {
    expect(() => hearWechat(clear(finished('success'), 'other'))).toThrow(
      'messaging.receipt_not_signed',
    );
    expect(() =>
      hearWechat(call({ secrets: {}, body: Buffer.from('<xml/>') })),
    ).toThrow('messaging.receipt_not_signed');
    expect(
      (
        await hearWechat(
          call({
            method: 'GET',
            secrets,
            query: {
              timestamp: '1',
              nonce: '2',
              signature: signed('token', '1', '2'),
              echostr: 'echo-1',
            },
          }),
        )
      ).answer,
    ).toEqual({ type: 'text/plain', text: 'echo-1' });
  });
});

describe('events of DirectMail', () => {
  const hear = async (given: unknown) => (await hearDirectmail(call({ body: Buffer.from(typeof given === 'string' ? given : JSON.stringify(given)) }))).told;
  const event = (type: string, data: object) => ({ id: `e-${type}`, source: 'acs:dm', specversion: '1.0', type, time: '2026-06-18T11:07:12+08:00', data });

  it.each<[string, object, object]>([
    ['dm:Deliver:Succeed', { env_id: '600', rcpt: 'lin@shop.test', status: '0' }, { kind: 'delivered', messageIds: ['600'], address: 'lin@shop.test', isFinal: false, code: null }],
    ['dm:Deliver:Fail', { env_id: 600, rcpt: 'lin@shop.test', status: '2', failed_type: 'SmtpNxBox', err_msg: '554 lin@shop.test' }, { kind: 'bounced', messageIds: ['600'], isFinal: true, code: 'SmtpNxBox' }],
    ['dm:Deliver:Fail', { env_id: '600', rcpt: 'lin@shop.test', status: '4', failed_type: '13800138000 lin' }, { kind: 'bounced', isFinal: false, code: 'other' }],
    ['dm:Feedback:FblReport', { block_email: 'lin@shop.test', message_id: '<a@b>' }, { kind: 'complained', messageIds: [], address: 'lin@shop.test', isOfLast: true }],
    ['dm:Feedback:UnSubscribe', { envid: '600', rcpt: 'lin@shop.test' }, { kind: 'stop', messageIds: ['600'] }],
    ['dm:Trace:Open', { env_id: '600', rcpt: 'lin@shop.test' }, { kind: 'opened', isOfLast: false }],
  ])('%s with %j is %j', async (type, data, expected) => {
    expect(await hear(event(type, data))).toEqual([expect.objectContaining({ ...expected, at: new Date('2026-06-18T03:07:12Z') })]);
  });

  it('of other kinds say nothing, and what is none is refused', async () => {
    expect(await hear([event('dm:Validator:GrayListResult', {}), event('dm:Feedback:Subscribe', { rcpt: 'lin@shop.test' })])).toEqual([]);
    await expect(hear({ type: 'dm:Deliver:Fail' })).rejects.toMatchObject({ code: 'messaging.receipt_unreadable' });
    await expect(hear('<xml>')).rejects.toMatchObject({ code: 'messaging.receipt_unreadable' });
  });
});
