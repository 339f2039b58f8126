import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  createTestPlatform,
  type TestPlatform,
} from '../../../test/harness.ts';
import { createMailBox, type MailBox } from '../../../test/mail-box.ts';
import { openText, sealText } from '../secrets.ts';
import {
  openMailServer,
  type OpenMailServer,
  readMailServer,
  writeMailServer,
} from './mail-server.ts';
import { mailServerSchema } from './contract.ts';
import { createMailer, type Mail } from './mailer.ts';

const mail: Mail = {
  to: 'lin@shop.test',
  subject: '昨日销售 ¥1.2万\r\nBcc: all@shop.test',
  html: '<p>看图 <img src="cid:trend"></p>',
  text: '看图',
  id: 'report-7',
  language: 'zh-CN',
  attachments: [
    {
      fileName: 'trend.png',
      contentType: 'image/png',
      content: Buffer.from([1, 2, 3]),
      cid: 'trend',
    },
    {
      fileName: '日报.xlsx',
      contentType:
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      content: Buffer.from('sheet'),
    },
  ],
};

describe('mail', () => {
  let test: TestPlatform;
  const boxes: MailBox[] = [];
  beforeAll(async () => {
    test = await createTestPlatform();
  });
  afterEach(async () => {
    for (const box of boxes.splice(0)) await box.close();
  });
  afterAll(() => test.close());
  const boxOf = async (
    ...options: Parameters<typeof createMailBox>
  ): Promise<MailBox> => {
    const box = await createMailBox(...options);
    boxes.push(box);
    return box;
  };
  const serverAt = (
    port: number,
    more: Partial<OpenMailServer> = {},
  ): OpenMailServer => ({
    host: '127.0.0.1',
    port,
    security: 'plain',
    user: '',
    password: null,
    fromAddress: 'report@shop.test',
    fromName: '常青',
    siteAddress: 'https://crm.shop.test',
    ...more,
  });
  const mailer = (
    allowed = ['127.0.0.1'],
    resolve?: (host: string) => Promise<{ address: string; family: number }[]>,
  ) =>
    createMailer(
      {
        ...test.platform,
        config: { ...test.platform.config, outboundAllow: allowed },
      },
      { timeoutMs: 600, ...(resolve ? { resolve } : {}) },
    );
  const set = (server: OpenMailServer) =>
    writeMailServer(test.platform.pg, test.platform.secret, server);

  it('is not sent while no server is set up', async () => {
    await expect(mailer().send(mail)).rejects.toMatchObject({
      code: 'platform.mail_not_set_up',
    });
  });

  it('arrives with its words, its pictures and its files, under an id that a repeat has too', async () => {
    const box = await boxOf({ user: { name: 'robot', password: '授权码' } });
    await set(serverAt(box.port, { user: 'robot', password: '授权码' }));
    await mailer().send(mail);
    const [{ to, mail: got, raw }] = box.received;
    expect([to, got.from?.value[0], got.subject]).toEqual([
      'lin@shop.test',
      { name: '常青', address: 'report@shop.test' },
      expect.stringContaining('昨日销售 ¥1.2万'),
    ]);
    expect([
      got.messageId,
      got.text?.trim(),
      got.headers.get('content-language'),
    ]).toEqual(['<report-7@shop.test>', '看图', 'zh-CN']);
    expect(
      got.attachments.map(({ filename, related, content }) => [
        filename,
        related ?? false,
        content,
      ]),
    ).toEqual([
      ['trend.png', true, Buffer.from([1, 2, 3])],
      ['日报.xlsx', false, Buffer.from('sheet')],
    ]);
    // A line end in a subject begins no header.
    expect(raw).not.toMatch(/^Bcc:/m);
  });

  it('leaves after the caller has noted that it does, and not where the note fails', async () => {
    const box = await boxOf();
    await set(serverAt(box.port));
    const order: string[] = [];
    box.react(() => (order.push('arrived'), 'take'));
    await mailer().send(mail, async () => void order.push('noted'));
    expect(order).toEqual(['noted', 'arrived']);
    await expect(
      mailer().send(mail, () =>
        Promise.reject(new Error('the database is gone')),
      ),
    ).rejects.toThrow();
    expect(box.received).toHaveLength(1);
  });

  it('that is refused or put off says so by its codes, without the words of the server', async () => {
    const box = await boxOf();
    await set(serverAt(box.port));
    box.refused.set('nobody@shop.test', 550);
    await expect(
      mailer().send({ ...mail, to: 'nobody@shop.test' }),
    ).rejects.toMatchObject({
      code: 'platform.mail_refused',
      params: { host: '127.0.0.1', reply: '550' },
    });
    box.react(() => 451);
    await expect(mailer().send(mail)).rejects.toMatchObject({
      code: 'platform.mail_deferred',
      params: { reply: expect.stringMatching(/^451/) },
    });
    box.react(() => 554);
    const refusal = await mailer()
      .send(mail)
      .catch((error: unknown) => error);
    expect(
      JSON.stringify((refusal as { params: object }).params),
    ).not.toContain('person');
    expect(refusal).toMatchObject({ code: 'platform.mail_refused' });
  });

  it('of which all was handed over and no answer came is neither sent nor lost, and says so', async () => {
    const box = await boxOf();
    await set(serverAt(box.port));
    box.react(() => 'hang-up');
    await expect(mailer().send(mail)).rejects.toMatchObject({
      code: 'platform.mail_unknown',
    });
    box.react(
      () => new Promise((done) => setTimeout(() => done('take'), 1_500)),
    );
    await expect(mailer().send(mail)).rejects.toMatchObject({
      code: 'platform.mail_unknown',
    });
  });

  it('goes to no address of an internal network that the installation did not name, and to the public encrypted only', async () => {
    const box = await boxOf();
    await set(serverAt(box.port));
    await expect(mailer([]).send(mail)).rejects.toMatchObject({
      code: 'platform.outbound_closed',
    });
    await set(serverAt(box.port, { host: 'mail.shop.test' }));
    const standingFor = (address: string) => async () => [
      { address, family: 4 },
    ];
    await expect(
      mailer([], standingFor('10.0.0.9')).send(mail),
    ).rejects.toMatchObject({ code: 'platform.outbound_closed' });
    await expect(
      mailer([], standingFor('8.8.8.8')).send(mail),
    ).rejects.toMatchObject({ code: 'platform.outbound_plain' });
    await mailer(['127.0.0.1'], standingFor('127.0.0.1')).send(mail);
    expect(box.received).toHaveLength(1);
  });

  it.each(['tls', 'starttls'] as const)(
    'is not handed to a server whose certificate nobody vouches for (%s)',
    async (tls) => {
      const box = await boxOf({ tls });
      await set(serverAt(box.port, { security: tls }));
      await expect(mailer().send(mail)).rejects.toMatchObject({
        code: expect.stringMatching(/outbound_unreachable|mail_not_encrypted/),
      });
      expect(box.received).toEqual([]);
    },
  );

  it('is not handed over in the clear where encryption was asked for and is not offered', async () => {
    const box = await boxOf();
    await set(serverAt(box.port, { security: 'starttls' }));
    await expect(mailer().send(mail)).rejects.toMatchObject({
      code: 'platform.mail_not_encrypted',
    });
    expect(box.received).toEqual([]);
  });

  it('is preceded by a check that says what is wrong: nobody there, a wrong password, silence', async () => {
    await expect(mailer().check(serverAt(9))).rejects.toMatchObject({
      code: 'platform.outbound_unreachable',
      params: { reason: 'ECONNREFUSED' },
    });
    const box = await boxOf({ user: { name: 'robot', password: 'right' } });
    await expect(
      mailer().check(serverAt(box.port, { user: 'robot', password: 'wrong' })),
    ).rejects.toMatchObject({ code: 'platform.mail_sign_in_refused' });
    await mailer().check(
      serverAt(box.port, { user: 'robot', password: 'right' }),
    );
  });

  it('keeps the password unreadable, and gives it back only to who opens the server', async () => {
    await set(serverAt(25, { user: 'robot', password: 'three green kettles' }));
    const { rows } = await test.platform.pg.query(
      "select value::text from setting where name = 'mail_server'",
    );
    expect(JSON.stringify(rows)).not.toContain('kettles');
    expect(await readMailServer(test.platform.pg)).toMatchObject({
      user: 'robot',
      hasPassword: true,
    });
    expect(
      JSON.stringify(await readMailServer(test.platform.pg)),
    ).not.toContain('password":"');
    expect(
      await openMailServer(test.platform.pg, test.platform.secret),
    ).toMatchObject({ password: 'three green kettles' });
    await expect(
      openMailServer(test.platform.pg, 'another secret of thirty-two letters'),
    ).rejects.toThrow();
    expect(() =>
      openText('s'.repeat(32), 'one', sealText('s'.repeat(32), 'other', 'x')),
    ).toThrow();
  });

  it.each([
    { host: 'mail.test/x' },
    { host: 'mail test' },
    { port: 0 },
    { port: 70_000 },
    { fromAddress: 'nobody' },
    { fromName: '' },
    { siteAddress: 'javascript:alert(1)' },
    { siteAddress: 'https://user:pw@x.test' },
    { siteAddress: 'https://x.test/?a=1' },
  ])('is set up with sound values only: %o', (wrong) => {
    const right = {
      host: 'mail.test',
      port: 465,
      security: 'tls',
      user: '',
      fromAddress: 'a@b.test',
      fromName: 'A',
      siteAddress: 'https://x.test/',
    };
    expect(mailServerSchema.parse(right).siteAddress).toBe('https://x.test');
    expect(mailServerSchema.safeParse({ ...right, ...wrong }).success).toBe(
      false,
    );
  });
});
