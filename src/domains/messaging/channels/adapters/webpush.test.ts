import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  generateKeyPairSync,
  hkdfSync,
  verify,
} from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  openProviderAccount,
  type ProviderAccount,
} from '../../../../../test/provider-account.ts';
import { claimsOf, note } from '../../../../../test/push-note.ts';
import { encryptPush, newKey } from './webpush.ts';

describe('notices in the browser', () => {
  const key = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();
  let account: ProviderAccount;
  beforeAll(async () => {
    account = await openProviderAccount('webpush', {
      vapidKey: key,
      contact: 'care@shop.test',
    });
  });
  afterAll(() => account.close());

  it('are encrypted as the example of RFC 8291 is', () => {
    const sealed = encryptPush(
      Buffer.from('When I grow up, I want to be a watermelon'),
      {
        p256dh:
          'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
        auth: 'BTBZMqHH6r4Tts7J_aSIgg',
      },
      Buffer.from('DGv6ra1nlYgDCS1FRnbzlw', 'base64url'),
      newKey(
        Buffer.from('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw', 'base64url'),
      ),
    );
    expect(sealed?.toString('base64url')).toBe(
      'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
    );
  });

  it('can be read by the browser alone, and say who sends them', async () => {
    const browser = createECDH('prime256v1');
    const p256dh = browser.generateKeys().toString('base64url');
    const auth = Buffer.alloc(16, 9);
    account.says([201, '']);
    const to = JSON.stringify({
      endpoint: `${account.receiver.url}/push/1`,
      keys: { p256dh, auth: auth.toString('base64url') },
    });
    expect(await account.send({ ...note, to })).toEqual({
      outcome: 'taken',
      providerId: 'k-1',
    });
    const { headers, body, path } = account.receiver.received.at(-1)!;
    expect([path, headers['content-encoding'], headers.ttl]).toEqual([
      '/push/1',
      'aes128gcm',
      '86400',
    ]);
    const [, jwt, publicKey] = /^vapid t=([^,]+), k=(.+)$/.exec(
      String(headers.authorization),
    )!;
    const point = Buffer.from(publicKey, 'base64url');
    const jwk = {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    };
    const [head, claims, signature] = jwt.split('.');
    expect(
      verify(
        'sha256',
        Buffer.from(`${head}.${claims}`),
        {
          key: createPublicKey({ key: jwk, format: 'jwk' }),
          dsaEncoding: 'ieee-p1363',
        },
        Buffer.from(signature, 'base64url'),
      ),
    ).toBe(true);
    expect(claimsOf(jwt)).toMatchObject({
      aud: account.receiver.url,
      sub: 'mailto:care@shop.test',
    });
    const [salt, theirs, sealed] = [
      body.subarray(0, 16),
      body.subarray(21, 86),
      body.subarray(86),
    ];
    const derive = (
      from: Buffer,
      with_: Buffer,
      info: Buffer,
      bytes: number,
    ): Buffer => Buffer.from(hkdfSync('sha256', from, with_, info, bytes));
    const secret = derive(
      browser.computeSecret(theirs),
      auth,
      Buffer.concat([
        Buffer.from('WebPush: info\0'),
        browser.getPublicKey(),
        theirs,
      ]),
      32,
    );
    const decipher = createDecipheriv(
      'aes-128-gcm',
      derive(secret, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16),
      derive(secret, salt, Buffer.from('Content-Encoding: nonce\0'), 12),
    );
    decipher.setAuthTag(sealed.subarray(-16));
    const text = Buffer.concat([
      decipher.update(sealed.subarray(0, -16)),
      decipher.final(),
    ]);
    expect(JSON.parse(text.subarray(0, -1).toString())).toEqual({
      key: 'k-1',
      title: '新茶',
      body: '到店',
      link: 'https://shop.test/tea',
    });
  });

  it.each<[number, object]>([
    [410, { outcome: 'refused', isDeadAddress: true }],
    [404, { outcome: 'refused', isDeadAddress: true }],
    [429, { outcome: 'later', isTooQuick: true }],
    [403, { outcome: 'refused', code: '403' }],
    [413, { outcome: 'refused', code: '413' }],
  ])('tell the status %i apart', async (status, expected) => {
    account.says([status, '']);
    const to = JSON.stringify({
      endpoint: account.receiver.url,
      keys: {
        p256dh: newKey().publicKey.toString('base64url'),
        auth: Buffer.alloc(16).toString('base64url'),
      },
    });
    expect(await account.send({ ...note, to })).toMatchObject(expected);
  });

  it('to what is no subscription do not leave', async () => {
    for (const to of [
      '',
      '{}',
      'x',
      JSON.stringify({
        endpoint: account.receiver.url,
        keys: { p256dh: 'AAAA', auth: 'AAAA' },
      }),
      JSON.stringify({
        endpoint: 'file:///etc/passwd',
        keys: { p256dh: 'A', auth: 'A' },
      }),
    ]) {
      expect(await account.send({ ...note, to })).toMatchObject({
        outcome: 'refused',
        code: 'bad_subscription',
        isDeadAddress: true,
      });
    }
  });
});
