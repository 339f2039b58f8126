import { afterEach, describe, expect, it } from 'vitest';
import {
  createMailBox,
  type MailBox,
  type MailBoxOptions,
} from '../../../test/mail-box.ts';
import { createGuard, systemResolve } from '../outbound/guard.ts';
import { createMailSessions, type MailSessions } from './sessions.ts';

describe('sessions with a mail server that are kept', () => {
  let box: MailBox;
  let sessions: MailSessions;
  const open = async (options: MailBoxOptions = {}): Promise<void> => {
    box = await createMailBox(options);
    const server = {
      host: '127.0.0.1',
      port: box.port,
      security: 'plain' as const,
      user: '',
      password: null,
      fromAddress: 'news@shop.test',
      fromName: 'Shop',
      siteAddress: '',
    };
    sessions = createMailSessions({
      guard: createGuard(['127.0.0.1'], systemResolve),
      server,
      timeoutMs: 700,
    });
  };
  afterEach(async () => {
    sessions.close();
    await box.close();
  });
  const send = (to = 'lin@shop.test', beforeContent?: () => Promise<void>) =>
    sessions.send({
      from: 'news@shop.test',
      to,
      content: Buffer.from('Subject: x\r\n\r\nx\r\n'),
      ...(beforeContent ? { beforeContent } : {}),
    });

  it('carry many messages each, and no more of them are begun than run at once', async () => {
    await open();
    for (let round = 0; round < 10; round++)
      await Promise.all([send(), send(), send()]);
    expect([box.received.length, box.sessions]).toEqual([30, 3]);
  });

  it('end after a hundred messages, before the server has had enough', async () => {
    await open();
    for (let n = 0; n < 101; n++) await send();
    expect([box.received.length, box.sessions]).toEqual([101, 2]);
  });

  it('are used on after a refusal, which belongs to its message alone', async () => {
    await open();
    box.refused.set('nobody@shop.test', 550);
    await send();
    for (let n = 0; n < 12; n++)
      await expect(send('nobody@shop.test')).rejects.toMatchObject({
        code: 'platform.mail_refused',
        params: { reply: '550', step: 'RCPT TO' },
      });
    box.react(() => 450);
    await expect(send()).rejects.toMatchObject({
      code: 'platform.mail_deferred',
      params: { reply: '450' },
    });
    box.react(() => 'take');
    await send();
    expect([box.received.map(({ to }) => to), box.sessions]).toEqual([
      ['lin@shop.test', 'lin@shop.test'],
      1,
    ]);
  });

  it.each([421, 503])(
    'of which the server has had enough (%i) are replaced, and the message goes by the next',
    async (code) => {
      await open({ nextLetter: (letters) => (letters >= 3 ? code : null) });
      for (let n = 0; n < 10; n++) await send();
      expect([box.received.length, box.sessions]).toEqual([10, 4]);
    },
  );

  it('that ended while nobody used them are replaced', async () => {
    await open();
    await send();
    await new Promise((ended) => setTimeout(ended, 900));
    await send();
    expect([box.received.length, box.sessions]).toEqual([2, 2]);
  });

  it('that break off after a message was handed over leave it unknown, and it is not sent by another', async () => {
    await open();
    await send();
    box.react(() => 'hang-up');
    await expect(send()).rejects.toMatchObject({
      code: 'platform.mail_unknown',
    });
    expect(box.received).toHaveLength(2);
    box.react(() => 'take');
    await send();
    expect(box.received).toHaveLength(3);
  });

  it('take nothing of a message whose caller says no at the last moment', async () => {
    await open();
    await expect(
      send('lin@shop.test', () => Promise.reject(new Error('no'))),
    ).rejects.toThrow();
    expect(box.received).toHaveLength(0);
  });
});
