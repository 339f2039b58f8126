import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  formBody,
  jsonBody,
  openProviderAccount,
  type ProviderAccount,
  type Said,
} from '../../../../../test/provider-account.ts';
import { signAws } from '../../../../platform/outbound/sign-aws.ts';

const sender = { fromAddress: 'news@shop.test', fromName: '常青' };
const mail = {
  to: 'lin@shop.test',
  message: { subject: '新茶', text: '到店', html: '<p>到店</p>' },
  unsubscribeUrl: 'https://crm.shop.test/u',
};

describe('mail by Amazon SES', () => {
  let account: ProviderAccount;
  const keys = {
    accessKeyId: 'AKIDEXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI',
    region: 'eu-central-1',
  };
  beforeAll(async () => {
    account = await openProviderAccount('ses', {
      ...keys,
      ...sender,
      configurationSet: 'brand',
    });
  });
  afterAll(() => account.close());

  it('is the message as we made it, with the way out in its head, under a signature of the service', async () => {
    account.says([200, { MessageId: 'ses-1' }]);
    expect(await account.send(mail)).toEqual({
      outcome: 'taken',
      providerId: 'ses-1',
    });
    const request = account.receiver.received.at(-1)!;
    expect([request.method, request.path]).toEqual([
      'POST',
      '/v2/email/outbound-emails',
    ]);
    const body = jsonBody(request) as { Content: { Raw: { Data: string } } };
    expect(body).toMatchObject({
      FromEmailAddress: 'news@shop.test',
      Destination: { ToAddresses: ['lin@shop.test'] },
      ConfigurationSetName: 'brand',
      EmailTags: [{ Name: 'key', Value: 'k-1' }],
    });
    const made = await simpleParser(
      Buffer.from(body.Content.Raw.Data, 'base64'),
    );
    expect([
      made.subject,
      made.messageId,
      made.headers.get('list-unsubscribe-post') ??
        (made.headers.get('list') as object),
    ]).toEqual(['新茶', '<k-1@shop.test>', expect.anything()]);
    const url = new URL(request.path, account.receiver.url);
    const expected = signAws(
      {
        method: 'POST',
        url,
        headers: { 'content-type': 'application/json' },
        body: request.body,
      },
      { ...keys, service: 'ses' },
      account.now,
    );
    expect(request.headers.authorization).toBe(expected.authorization);
    expect(expected.authorization).toContain(
      '/20260618/eu-central-1/ses/aws4_request',
    );
  });

  it.each<[string, Said, object]>([
    [
      'a recipient that is none',
      [
        400,
        { message: 'Illegal address' },
        { 'x-amzn-errortype': 'BadRequestException:http://internal' },
      ],
      { outcome: 'refused', code: 'BadRequestException' },
    ],
    [
      'content that is not taken',
      [400, {}, { 'x-amzn-errortype': 'MessageRejected' }],
      { outcome: 'refused', code: 'MessageRejected' },
    ],
    [
      'too many a second',
      [429, {}, { 'x-amzn-errortype': 'TooManyRequestsException' }],
      { outcome: 'later', isAccountsFault: true, isTooQuick: true },
    ],
    [
      'an account that is paused',
      [400, {}, { 'x-amzn-errortype': 'SendingPausedException' }],
      {
        outcome: 'later',
        code: 'SendingPausedException',
        isAccountsFault: true,
      },
    ],
    [
      'a key that is no good',
      [403, {}, {}],
      { outcome: 'later', code: '403', isAccountsFault: true },
    ],
    [
      'a fault of theirs',
      [500, 'oops'],
      { outcome: 'later', code: '500', isAccountsFault: true },
    ],
    ['a gateway that gave up', [504, ''], { outcome: 'unknown', code: '504' }],
    ['success without an id', [200, '{}'], { outcome: 'refused' }],
  ])('says of %s what it means', async (_what, said, expected) => {
    account.says(said);
    expect(await account.send(mail)).toMatchObject(expected);
  });

  it('that was handed over and not answered tells that it may have arrived', async () => {
    account.receiver.react((_request, response) => void response.destroy());
    await expect(account.send(mail)).rejects.toMatchObject({
      params: { mayHaveArrived: true },
    });
  });
});

describe('mail by Alibaba Cloud', () => {
  let account: ProviderAccount;
  beforeAll(async () => {
    account = await openProviderAccount('directmail', {
      accessKeyId: 'id',
      accessKeySecret: 'secret',
      ...sender,
      fromName: '一二三四五六七八九十一二三四五六七',
      replyTo: 'care@shop.test',
    });
  });
  afterAll(() => account.close());

  it('has the way out in its head, a name as long as may be, and what it is in the body of the request', async () => {
    account.says([200, { EnvId: 'env-1', RequestId: 'r' }]);
    expect(await account.send(mail)).toEqual({
      outcome: 'taken',
      providerId: 'env-1',
    });
    const request = account.receiver.received.at(-1)!;
    expect([
      request.path,
      request.headers['x-acs-action'],
      request.headers['x-acs-version'],
    ]).toEqual(['/', 'SingleSendMail', '2015-11-23']);
    expect(request.headers.authorization).toMatch(
      /^ACS3-HMAC-SHA256 Credential=id,SignedHeaders=content-type;host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=[0-9a-f]{64}$/,
    );
    const form = formBody(request);
    expect(form).toMatchObject({
      AccountName: 'news@shop.test',
      AddressType: '1',
      ToAddress: 'lin@shop.test',
      Subject: '新茶',
      HtmlBody: '<p>到店</p>',
      ReplyAddress: 'care@shop.test',
      FromAlias: '一二三四五六七八九十一二三四五',
    });
    expect(JSON.parse(form.Headers)).toEqual({
      'Message-ID': '<k-1@shop.test>',
      'List-Unsubscribe': '<https://crm.shop.test/u>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
  });

  it.each<[Said, object]>([
    [
      [
        400,
        {
          Code: 'InvalidToAddress',
          Message: 'The specified toAddress is wrongly formed.',
        },
      ],
      { outcome: 'refused', code: 'InvalidToAddress', isDeadAddress: true },
    ],
    [
      [400, { Code: 'InvalidMailAddress.NotFound' }],
      { outcome: 'refused', code: 'InvalidMailAddress.NotFound' },
    ],
    [
      [200, { Code: 'InvalidBody' }],
      { outcome: 'refused', code: 'InvalidBody' },
    ],
    [
      [400, { Code: 'Throttling.User' }],
      { outcome: 'later', isTooQuick: true },
    ],
    [
      [404, { Code: 'InvalidAccessKeyId.NotFound' }],
      { outcome: 'later', isAccountsFault: true },
    ],
    [[503, '<html>'], { outcome: 'later', code: '503', isAccountsFault: true }],
    [[200, '<html>'], { outcome: 'unknown', isAccountsFault: true }],
  ])('tells %j apart', async (said, expected) => {
    account.says(said);
    expect(await account.send(mail)).toMatchObject(expected);
  });
});
