import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createReceiver, type Receiver } from '../../../test/receiver.ts';
import { readConfig } from '../config.ts';
import { createReach, parseRange } from './addresses.ts';
import { createOutbound, type OutboundOptions, parseAddress } from './outbound.ts';

describe('addresses', () => {
  const reach = createReach(['10.8.0.0/16', 'fd00:8::/32']);

  it('are open only where they are the public\'s', () => {
    for (const address of ['8.8.8.8', '1.1.1.1', '172.32.0.1', '2606:4700:4700::1111', '::ffff:8.8.8.8']) expect(reach(address), address).toBe('public');
  });

  it('are closed where they lead to this machine, into a network, to the cloud\'s own service, or nowhere', () => {
    const closed = [
      '0.0.0.0', '10.0.0.1', '100.64.0.1', '127.0.0.1', '127.255.0.9', '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.0.1', '192.168.1.1', '198.18.0.1',
      '224.0.0.1', '255.255.255.255', '::', '::1', '::ffff:127.0.0.1', '::ffff:10.0.0.1', '::127.0.0.1', '64:ff9b::7f00:1', 'fe80::1', 'fc00::1', 'fd12::1', 'ff02::1',
      '2001:db8::1', '2001:0:53aa::1', '2002:7f00:1::', 'localhost', '',
    ];
    for (const address of closed) expect(reach(address), address).toBe('closed');
  });

  it('of one\'s own network are open where the installation names them', () => {
    for (const address of ['10.8.0.1', '::ffff:10.8.3.4', 'fd00:8::1']) expect(reach(address), address).toBe('allowed');
    expect(reach('10.9.0.1')).toBe('closed');
  });

  it('are named in the environment as addresses and ranges, and refused there when they are neither', () => {
    expect(readConfig({ PERENNIAL_OUTBOUND_ALLOW: '10.8.0.0/16, 127.0.0.1,::1/128' }).outboundAllow).toEqual(['10.8.0.0/16', '127.0.0.1', '::1/128']);
    for (const bad of ['10.8.0.0/33', 'minio.internal', '10.8.0.0/16/1', '10.8.0.0/x']) {
      expect(parseRange(bad)).toBeNull();
      expect(() => readConfig({ PERENNIAL_OUTBOUND_ALLOW: bad })).toThrow('platform.bad_environment');
    }
  });
});

describe('requests to the outside', () => {
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = await createReceiver();
  });
  beforeEach(() => {
    receiver.received.length = 0;
    receiver.react((_received, response) => void response.writeHead(200).end('fine'));
  });
  afterAll(() => receiver.close());

  const send = async (url: string, options: Partial<OutboundOptions> = {}) => {
    const outbound = createOutbound({ allowed: ['127.0.0.1'], timeoutMs: 400, ...options });
    try {
      return await outbound.send({ method: 'POST', url, headers: { 'x-one': '1' }, body: Buffer.from('hello') });
    } finally {
      outbound.close();
    }
  };
  const named = (): string => receiver.url.replace('127.0.0.1', 'shop.test');
  const standingFor = (...addresses: string[]) => async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

  it('bring what they were given, and the answer', async () => {
    expect(await send(`${receiver.url}/in?a=1`)).toMatchObject({ status: 200, text: 'fine' });
    expect(receiver.received).toMatchObject([{ method: 'POST', path: '/in?a=1', headers: { 'x-one': '1', 'content-length': '5' }, body: Buffer.from('hello') }]);
  });

  it('are refused for closed addresses, however they are written', async () => {
    const port = new URL(receiver.url).port;
    for (const host of ['127.0.0.1', '0x7f.1', '2130706433', '017700000001', '[::ffff:7f00:1]', 'localhost', '[::1]', '169.254.169.254']) {
      await expect(send(`http://${host}:${port}/`, { allowed: [] }), host).rejects.toMatchObject({ code: 'platform.outbound_closed' });
    }
    expect(receiver.received).toEqual([]);
  });

  it('are refused where one of a name\'s addresses is closed', async () => {
    await expect(send(named(), { allowed: [], resolve: standingFor('8.8.8.8', '127.0.0.1') })).rejects.toMatchObject({ code: 'platform.outbound_closed' });
    await expect(send('https://shop.test/', { allowed: [], resolve: standingFor('10.0.0.1') })).rejects.toMatchObject({ code: 'platform.outbound_closed', params: { host: 'shop.test' } });
  });

  it('connect to the address that was checked: a name is not looked up a second time', async () => {
    let asked = 0;
    const changing = async () => [{ address: ++asked === 1 ? '127.0.0.1' : '10.0.0.1', family: 4 }];
    expect(await send(named(), { resolve: changing })).toMatchObject({ status: 200 });
    expect(asked).toBe(1);
  });

  it('go to the public encrypted only', async () => {
    await expect(send('http://8.8.8.8/')).rejects.toMatchObject({ code: 'platform.outbound_plain' });
    await expect(send(named(), { resolve: standingFor('8.8.8.8') })).rejects.toMatchObject({ code: 'platform.outbound_plain' });
  });

  it('do not follow where an answer points', async () => {
    receiver.react((_received, response) => void response.writeHead(302, { location: `${receiver.url}/elsewhere` }).end());
    expect(await send(receiver.url)).toMatchObject({ status: 302 });
    expect(receiver.received).toHaveLength(1);
  });

  it('end in time when the answer does not come, or comes in drops', async () => {
    receiver.react(() => {});
    await expect(send(receiver.url)).rejects.toMatchObject({ code: 'platform.outbound_timeout', params: { seconds: 0.4 } });
    receiver.react((_received, response) => {
      response.writeHead(200);
      const drops = setInterval(() => response.write('.'), 50);
      response.once('close', () => clearInterval(drops));
    });
    await expect(send(receiver.url)).rejects.toMatchObject({ code: 'platform.outbound_timeout' });
  });

  it('read no more of an answer than is of use', async () => {
    receiver.react((_received, response) => void response.writeHead(200).end('x'.repeat(5_000_000)));
    expect((await send(receiver.url)).text).toHaveLength(65_536);
  });

  it('say what went wrong: nobody there, no such name, no encryption, cut off', async () => {
    await expect(send('http://127.0.0.1:9/')).rejects.toMatchObject({ code: 'platform.outbound_unreachable', params: { reason: 'ECONNREFUSED' } });
    await expect(send('https://nobody.invalid/')).rejects.toMatchObject({ code: 'platform.outbound_unknown_host' });
    await expect(send(receiver.url.replace('http:', 'https:'))).rejects.toMatchObject({ code: 'platform.outbound_unreachable' });
    receiver.react((_received, response) => void response.destroy());
    await expect(send(receiver.url)).rejects.toMatchObject({ code: 'platform.outbound_unreachable' });
  });

  it('can be checked beforehand, and nothing is sent', async () => {
    const outbound = createOutbound({ allowed: ['127.0.0.1'], resolve: async (host) => [{ address: host === 'inside.test' ? '10.0.0.1' : '8.8.8.8', family: 4 }] });
    await outbound.check(receiver.url);
    await outbound.check('https://shop.test/x');
    await expect(outbound.check('http://shop.test/x')).rejects.toMatchObject({ code: 'platform.outbound_plain' });
    for (const url of ['https://inside.test', 'https://169.254.169.254/latest']) await expect(outbound.check(url)).rejects.toMatchObject({ code: 'platform.outbound_closed' });
    await expect(outbound.check('mailto:x')).rejects.toMatchObject({ code: 'platform.outbound_bad_address' });
    expect(receiver.received).toEqual([]);
    outbound.close();
  });

  it('are made to addresses of the web only, without a password in them', () => {
    for (const bad of ['', 'shop.test', 'file:///etc/passwd', 'ftp://shop.test', 'gopher://shop.test', 'https://a:b@shop.test', 'javascript:alert(1)', 'https://']) {
      expect(() => parseAddress(bad), bad).toThrow('platform.outbound_bad_address');
    }
    expect(parseAddress('https://shop.test/a?b=1').host).toBe('shop.test');
  });
});
