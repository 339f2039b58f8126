import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { call } from '../../../../../test/receipt-call.ts';
import { hearSes } from './providers/ses.ts';

describe('notices of Amazon SES', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2_048,
  });
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  let certificates = 0;
  const notice = (
    message: object,
    more: Record<string, string> = {},
    version = '2',
  ) => {
    const given: Record<string, string> = {
      Type: 'Notification',
      MessageId: 'n-1',
      TopicArn: 'arn:aws:sns:eu-central-1:1:ses',
      Message: JSON.stringify(message),
      Timestamp: '2026-06-18T03:59:00.000Z',
      SignatureVersion: version,
      SigningCertURL: `https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-${++certificates}.pem`,
      ...more,
    };
    const names =
      given.Type === 'Notification'
        ? ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']
        : [
            'Message',
            'MessageId',
            'SubscribeURL',
            'Timestamp',
            'Token',
            'TopicArn',
            'Type',
          ];
    const text = names
      .filter((name) => given[name] !== undefined)
      .map((name) => `${name}\n${given[name]}\n`)
      .join('');
    return {
      Signature: sign(
        version === '2' ? 'RSA-SHA256' : 'RSA-SHA1',
        Buffer.from(text),
        privateKey,
      ).toString('base64'),
      ...given,
    };
  };
  const hear = async (body: object, fetched: string[] = []) =>
    hearSes(
      call({
        body: Buffer.from(JSON.stringify(body)),
        fetch: async (url) => (fetched.push(url), pem),
      }),
    );
  const bounce = (bounceType: string) => ({
    eventType: 'Bounce',
    mail: { messageId: 'ses-1', destination: ['lin@shop.test'] },
    bounce: {
      bounceType,
      bounceSubType: 'General',
      bouncedRecipients: [
        {
          emailAddress: 'lin@shop.test',
          status: '5.1.1',
          diagnosticCode: '<script>',
        },
      ],
      timestamp: '2026-06-18T03:58:00.000Z',
    },
  });

  it("are taken with Amazon's signature of either version", async () => {
    for (const version of ['1', '2']) {
      expect(
        (await hear(notice(bounce('Permanent'), {}, version))).told,
      ).toEqual([
        {
          kind: 'bounced',
          id: 'ses-1 lin@shop.test',
          messageIds: ['ses-1'],
          address: 'lin@shop.test',
          at: new Date('2026-06-18T03:58:00Z'),
          isFinal: true,
          code: '5.1.1',
        },
      ]);
    }
    expect((await hear(notice(bounce('Transient')))).told[0].isFinal).toBe(
      false,
    );
  });

  it.each<[string, object]>([
    [
      'changed on the way',
      {
        ...notice(bounce('Permanent')),
        Message: JSON.stringify(bounce('Transient')),
      },
    ],
    [
      "signed by a key of somebody else's site",
      {
        ...notice(bounce('Permanent'), {
          SigningCertURL:
            'https://sns.eu-central-1.amazonaws.com.evil.test/x.pem',
        }),
      },
    ],
    [
      'with a key over plain HTTP',
      {
        ...notice(bounce('Permanent'), {
          SigningCertURL: 'http://sns.eu-central-1.amazonaws.com/x.pem',
        }),
      },
    ],
    [
      'with a user before the host',
      {
        ...notice(bounce('Permanent'), {
          SigningCertURL: 'https://sns.us-east-1.amazonaws.com@evil.test/x.pem',
        }),
      },
    ],
    ['without a signature', { ...notice(bounce('Permanent')), Signature: '' }],
  ])('are refused %s', async (_what, body) => {
    await expect(hear(body)).rejects.toMatchObject({ status: 401 });
  });

  it('tell of complaints, deliveries, openings and clicks; of other things nothing', async () => {
    const mail = { messageId: 'ses-2', destination: ['lin@shop.test'] };
    const kinds = async (message: object) =>
      (await hear(notice(message))).told.map(({ kind, code }) => [kind, code]);
    expect(
      await kinds({
        notificationType: 'Complaint',
        mail,
        complaint: {
          complainedRecipients: [{ emailAddress: 'lin@shop.test' }],
          complaintFeedbackType: 'abuse',
        },
      }),
    ).toEqual([['complained', 'abuse']]);
    expect(
      await kinds({
        eventType: 'Delivery',
        mail,
        delivery: { recipients: ['lin@shop.test'] },
      }),
    ).toEqual([['delivered', null]]);
    expect(await kinds({ eventType: 'Open', mail, open: {} })).toEqual([
      ['opened', null],
    ]);
    expect(await kinds({ eventType: 'Click', mail, click: {} })).toEqual([
      ['clicked', null],
    ]);
    expect(await kinds({ eventType: 'Reject', mail })).toEqual([
      ['bounced', 'Reject'],
    ]);
    expect(await kinds({ eventType: 'Send', mail })).toEqual([]);
    expect(await kinds({ hello: 1 })).toEqual([]);
    await expect(hear({ Type: 'Other' })).rejects.toMatchObject({
      status: 400,
    });
  });

  it("ask whether they are wanted, and are answered at Amazon's own address only", async () => {
    const fetched: string[] = [];
    const subscription = (SubscribeURL: string) =>
      notice(
        {},
        { Type: 'SubscriptionConfirmation', Token: 't', SubscribeURL },
      );
    const url =
      'https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=arn:aws:sns:eu-central-1:1:ses&Token=t';
    expect((await hear(subscription(url), fetched)).told).toEqual([]);
    expect(fetched.at(-1)).toBe(url);
    await expect(
      hear(subscription('https://169.254.169.254/latest')),
    ).rejects.toMatchObject({ status: 401 });
  });
});
