import { createHash, generateKeyPairSync, verify } from 'node:crypto';
import {
  createServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  jsonBody,
  openProviderAccount,
  type ProviderAccount,
  type Said,
} from '../../../../../test/provider-account.ts';
import { claimsOf, note } from '../../../../../test/push-note.ts';

describe('app push by Firebase', () => {
  let account: ProviderAccount;
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2_048,
  });
  let said: Said = [200, { name: 'projects/p/messages/1' }];
  beforeAll(async () => {
    account = await openProviderAccount('fcm', { projectId: 'p' });
    const serviceAccount = JSON.stringify({
      client_email: 'push@p.test',
      private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
      token_uri: `${account.receiver.url}/token`,
    });
    await account.close();
    account = await openProviderAccount('fcm', {
      projectId: 'p',
      serviceAccount: serviceAccount.replace(
        /http:\/\/127\.0\.0\.1:\d+/,
        'http://127.0.0.1:1',
      ),
    });
    const port = new URL(account.receiver.url).port;
    const again = await openProviderAccount('fcm', {
      projectId: 'p',
      endpoint: account.receiver.url,
      serviceAccount: serviceAccount.replace(
        /http:\/\/127\.0\.0\.1:\d+/,
        `http://127.0.0.1:${port}`,
      ),
    });
    account.adapter = again.adapter;
    account.says((request) =>
      request.path === '/token'
        ? [200, { access_token: 'at', expires_in: 3_599 }]
        : said,
    );
  });
  afterAll(() => account.close());

  it('is sent with a token for a statement that the service account signed', async () => {
    expect(await account.send(note)).toEqual({
      outcome: 'taken',
      providerId: 'projects/p/messages/1',
    });
    const [token, message] = account.receiver.received.slice(-2);
    const assertion = new URLSearchParams(token.body.toString()).get(
      'assertion',
    )!;
    const [head, body, signature] = assertion.split('.');
    expect(
      verify(
        'RSA-SHA256',
        Buffer.from(`${head}.${body}`),
        publicKey,
        Buffer.from(signature, 'base64url'),
      ),
    ).toBe(true);
    expect(claimsOf(assertion)).toMatchObject({
      iss: 'push@p.test',
      aud: `${account.receiver.url}/token`,
      scope: 'https://www.googleapis.com/auth/firebase.messaging',
    });
    expect([message.path, message.headers.authorization]).toEqual([
      '/v1/projects/p/messages:send',
      'Bearer at',
    ]);
    expect(jsonBody(message)).toMatchObject({
      message: {
        token: 'device-token',
        notification: { title: '新茶', body: '到店' },
        data: { key: 'k-1', link: 'https://shop.test/tea' },
      },
    });
  });

  const failure = (status: number, state: string, errorCode?: string): Said => [
    status,
    {
      error: {
        code: status,
        status: state,
        details: errorCode ? [{ '@type': 'x', errorCode }] : [],
      },
    },
  ];
  it.each<[Said, object]>([
    [
      failure(404, 'NOT_FOUND', 'UNREGISTERED'),
      { outcome: 'refused', code: 'UNREGISTERED', isDeadAddress: true },
    ],
    [
      failure(403, 'PERMISSION_DENIED', 'SENDER_ID_MISMATCH'),
      { outcome: 'refused', code: 'SENDER_ID_MISMATCH' },
    ],
    [
      failure(400, 'INVALID_ARGUMENT', 'INVALID_ARGUMENT'),
      { outcome: 'refused', code: 'INVALID_ARGUMENT' },
    ],
    // Of what is wrong in a message it is the device's token: nothing arrives there.
    [
      [400, { error: { status: 'INVALID_ARGUMENT', details: [{ errorCode: 'INVALID_ARGUMENT' }, { fieldViolations: [{ field: 'message.token' }] }] } }],
      { outcome: 'refused', code: 'INVALID_ARGUMENT', isDeadAddress: true },
    ],
    [
      failure(429, 'RESOURCE_EXHAUSTED', 'QUOTA_EXCEEDED'),
      { outcome: 'later', code: 'QUOTA_EXCEEDED', isTooQuick: true },
    ],
    [
      failure(503, 'UNAVAILABLE', 'UNAVAILABLE'),
      { outcome: 'later', code: 'UNAVAILABLE', isAccountsFault: true },
    ],
    [
      failure(401, 'UNAUTHENTICATED'),
      { outcome: 'later', isAccountsFault: true },
    ],
  ])('tells %j apart', async (answer, expected) => {
    said = answer;
    expect(await account.send(note)).toMatchObject(expected);
  });
});

describe('app push by Apple', () => {
  let server: Http2Server;
  let account: ProviderAccount;
  const received: { headers: IncomingHttpHeaders; body: string }[] = [];
  let said: { status: number; reason?: string; silent?: true } = {
    status: 200,
  };
  const { privateKey, publicKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
  });
  beforeAll(async () => {
    server = createServer();
    server.on('stream', (stream: ServerHttp2Stream, headers) => {
      let body = '';
      stream.on('error', () => {});
      stream.on('data', (chunk: Buffer) => void (body += chunk.toString()));
      stream.on('end', () => {
        received.push({ headers, body });
        if (said.silent) return;
        stream.respond({
          ':status': said.status,
          ...(said.status === 503 ? { 'retry-after': '30' } : {}),
        });
        stream.end(said.reason ? JSON.stringify({ reason: said.reason }) : '');
      });
    });
    await new Promise<void>((listening) =>
      server.listen(0, '127.0.0.1', listening),
    );
    account = await openProviderAccount('apns', {
      teamId: 'TEAM',
      keyId: 'KEY',
      topic: 'com.shop.app',
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      signingKey: privateKey
        .export({ type: 'pkcs8', format: 'pem' })
        .toString(),
    });
  });
  afterAll(async () => {
    await account.close();
    server.close();
  });

  it('goes over one connection with a token of the team, and has the same id when it comes again', async () => {
    const sent = await Promise.all([account.send(note), account.send(note)]);
    expect(sent[0]).toMatchObject({
      outcome: 'taken',
      providerId: expect.stringMatching(
        /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
      ),
    });
    expect(sent[1]).toEqual(sent[0]);
    const { headers, body } = received[0];
    expect([
      headers[':path'],
      headers['apns-topic'],
      headers['apns-push-type'],
    ]).toEqual(['/3/device/device-token', 'com.shop.app', 'alert']);
    const jwt = String(headers.authorization).replace('bearer ', '');
    const [head, claims, signature] = jwt.split('.');
    expect(
      verify(
        'sha256',
        Buffer.from(`${head}.${claims}`),
        { key: publicKey, dsaEncoding: 'ieee-p1363' },
        Buffer.from(signature, 'base64url'),
      ),
    ).toBe(true);
    expect(claimsOf(jwt)).toMatchObject({ iss: 'TEAM' });
    expect(JSON.parse(body)).toEqual({
      aps: { alert: { title: '新茶', body: '到店' }, sound: 'default' },
      key: 'k-1',
      link: 'https://shop.test/tea',
    });
  });

  it.each<[number, string, object]>([
    [410, 'Unregistered', { outcome: 'refused', isDeadAddress: true }],
    [400, 'BadDeviceToken', { outcome: 'refused', isDeadAddress: true }],
    [400, 'PayloadEmpty', { outcome: 'refused', code: 'PayloadEmpty' }],
    [429, 'TooManyRequests', { outcome: 'later', code: 'TooManyRequests' }],
    [
      429,
      'TooManyProviderTokenUpdates',
      { outcome: 'later', isAccountsFault: true, isTooQuick: true },
    ],
    [403, 'InvalidProviderToken', { outcome: 'later', isAccountsFault: true }],
    [
      503,
      'ServiceUnavailable',
      { outcome: 'later', isAccountsFault: true, retryAfterMs: 30_000 },
    ],
  ])('tells %i %s apart', async (status, reason, expected) => {
    said = { status, reason };
    expect(await account.send(note)).toMatchObject(expected);
  });

  it('that is not answered may have arrived; and a server that is not there took nothing', async () => {
    said = { status: 200, silent: true };
    await expect(account.send(note)).rejects.toMatchObject({
      params: { mayHaveArrived: true },
    });
    const nobody = await openProviderAccount('apns', {
      teamId: 'T',
      keyId: 'K',
      topic: 'a.b',
      endpoint: 'http://127.0.0.1:9',
      signingKey: privateKey
        .export({ type: 'pkcs8', format: 'pem' })
        .toString(),
    });
    await expect(nobody.send(note)).rejects.toMatchObject({
      code: 'platform.outbound_unreachable',
      params: { reason: 'ECONNREFUSED' },
    });
    await nobody.close();
  });

  it('with a key that is none does not leave', async () => {
    const wrong = await openProviderAccount('apns', {
      teamId: 'T',
      keyId: 'K',
      topic: 'a.b',
      endpoint: account.receiver.url,
      signingKey: 'nonsense',
    });
    await expect(
      wrong.adapter.show({
        key: 'k',
        to: 't',
        locale: 'en',
        purpose: 'service',
        message: { text: 'x' },
      }),
    ).resolves.toContain('"body": "x"');
    await wrong.close();
  });
});

describe('app push by Getui', () => {
  let account: ProviderAccount;
  let said: Said;
  beforeAll(async () => {
    account = await openProviderAccount('getui', {
      appId: 'app',
      appKey: 'key',
      masterSecret: 'master',
    });
    account.says((request) =>
      request.path.endsWith('/auth')
        ? [
            200,
            {
              code: 0,
              data: {
                token: 'tok',
                expire_time: String(account.now.getTime() + 86_400_000),
              },
            },
          ]
        : said,
    );
  });
  afterAll(() => account.close());

  it('is sent with a token of the day, under an id that keeps repeats away', async () => {
    said = [
      200,
      { code: 0, data: { 'task-1': { 'device-token': 'successed_online' } } },
    ];
    expect(await account.send(note)).toEqual({
      outcome: 'taken',
      providerId: 'task-1',
    });
    const [auth, push] = account.receiver.received;
    const timestamp = String(account.now.getTime());
    expect(jsonBody(auth)).toEqual({
      appkey: 'key',
      timestamp,
      sign: createHash('sha256').update(`key${timestamp}master`).digest('hex'),
    });
    expect([push.path, push.headers.token]).toEqual([
      '/v2/app/push/single/cid',
      'tok',
    ]);
    expect(jsonBody(push)).toMatchObject({
      request_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      audience: { cid: ['device-token'] },
      push_message: { notification: { title: '新茶', click_type: 'url' } },
    });
  });

  it.each<[Said, object]>([
    [
      [200, { code: 0, data: { t: { 'device-token': 'successed_ignore' } } }],
      { outcome: 'refused', code: 'successed_ignore' },
    ],
    [
      [200, { code: 20001, msg: 'cid is invalid' }],
      { outcome: 'refused', isDeadAddress: true },
    ],
    [
      [200, { code: 10004, msg: 'limit' }],
      { outcome: 'later', isTooQuick: true },
    ],
    [
      [200, { code: 30000, msg: 'error' }],
      { outcome: 'later', isAccountsFault: true },
    ],
    [
      [200, { code: 20000, msg: 'param' }],
      { outcome: 'refused', code: '20000' },
    ],
    [[502, 'bad gateway'], { outcome: 'later', isAccountsFault: true }],
    [[200, 'nonsense'], { outcome: 'unknown' }],
  ])('tells %j apart, most of it with status 200', async (answer, expected) => {
    said = answer;
    expect(await account.send(note)).toMatchObject(expected);
  });
});
