import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createReceiver, type Receiver } from '../../../../../test/receiver.ts';
import { createPictures, type Pictures } from './read-picture.ts';

const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(40, 7)]);

const own = async (file: string) => (file === 'own.gif' ? { kind: 'gif' as const, bytes: Buffer.from('GIF89a') } : null);

describe('a picture of the web for the preview', () => {
  let receiver: Receiver;
  let pictures: Pictures;
  let closed: Pictures;
  beforeAll(async () => {
    receiver = await createReceiver();
    [pictures, closed] = [createPictures(['127.0.0.1'], own), createPictures([], own)];
    const answers: Record<string, [number, Buffer | string, Record<string, string>?]> = {
      '/a.png': [200, png, { 'content-type': 'text/html' }], '/moved': [302, '', { location: '/a.png' }], '/round': [302, '', { location: '/round' }], '/away': [302, '', { location: 'http://169.254.169.254/latest/meta-data' }],
      '/drawing': [200, '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', { 'content-type': 'image/svg+xml' }], '/page': [200, '<html>', { 'content-type': 'image/png' }],
      '/large': [200, Buffer.concat([png, Buffer.alloc(3 * 2 ** 20)])], '/gone': [404, png], '/cut': [200, Buffer.from('89504e47', 'hex')],
    };
    receiver.react(({ path }, response) => {
      const [status, body, headers = {}] = answers[path];
      response.writeHead(status, headers).end(body);
    });
  });
  afterAll(async () => {
    pictures.close();
    closed.close();
    await receiver.close();
  });

  it('is what its bytes say, whatever it is called, also where it moved to', async () => {
    const expected = `data:image/png;base64,${png.toString('base64')}`;
    expect(await pictures.read(`${receiver.url}/a.png`)).toBe(expected);
    expect(await pictures.read(`${receiver.url}/moved`)).toBe(expected);
  });

  it.each([
    ['/drawing', 'messaging.picture_is_none'], ['/page', 'messaging.picture_is_none'], ['/cut', 'messaging.picture_is_none'], ['/large', 'messaging.picture_too_large'], ['/gone', 'messaging.picture_not_loaded'],
    ['/round', 'messaging.picture_not_loaded'], ['/away', 'platform.outbound_closed'],
  ])('is not %s', async (path, code) => {
    await expect(pictures.read(`${receiver.url}${path}`)).rejects.toMatchObject({ code });
  });

  it('of the brand\'s own is read where it is kept, whatever its site is called', async () => {
    expect(await closed.read('https://crm.shop.test/m/i/own.gif')).toBe(`data:image/gif;base64,${Buffer.from('GIF89a').toString('base64')}`);
  });

  it('is read from no address of one\'s own network', async () => {
    const before = receiver.received.length;
    await expect(closed.read(`${receiver.url}/a.png`)).rejects.toMatchObject({ code: expect.stringMatching(/^platform\.outbound_/) as string });
    expect(receiver.received).toHaveLength(before);
  });
});
