import { createHmac, createVerify, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  addChannelAccount,
  addMailAccount,
} from '../../../../../test/channel-accounts.ts';
import { parcelOf, parcels, senderOfTests } from '../../../../../test/channel-sender.ts';
import { readTestMessages } from '../test-mode/test-messages.ts';

describe('messages by protocols of no one company', () => {
  const sender = senderOfTests();
  const { handOver, mailBox, open } = sender;

  it("are signed with the key of the sender's domain, the way out with them (RFC 6376, RFC 8058)", async () => {
    const box = await mailBox();
    const { privateKey, publicKey } = generateKeyPairSync('rsa', {
      modulusLength: 2_048,
    });
    const dkimKey = privateKey
      .export({ type: 'pkcs8', format: 'pem' })
      .toString();
    const accountNo = await addMailAccount(sender.platform, box.port, {
      secrets: { dkimKey },
    });
    await sender.platform.pg.query(
      `update channel_account set settings = settings || '{"dkimDomain":"shop.test","dkimSelector":"k1"}' where account_no = $1`,
      [accountNo],
    );
    await handOver(open(), [
      parcelOf(1, { unsubscribeUrl: 'https://crm.shop.test/u' }),
    ]);
    const [head] = box.received[0].raw.split('\r\n\r\n');
    const lines = head
      .replace(/\r\n[ \t]+/g, ' ')
      .split('\r\n')
      .map((line): [string, string] => [
        line.slice(0, line.indexOf(':')).toLowerCase(),
        line.slice(line.indexOf(':') + 1),
      ]);
    const signature = lines.find(([name]) => name === 'dkim-signature')![1];
    const tag = (name: string): string =>
      new RegExp(`(?:^|;)\\s*${name}=([^;]*)`)
        .exec(signature)![1]
        .replace(/\s+/g, '');
    expect([
      tag('d'),
      tag('s'),
      tag('h')
        .split(':')
        .map((name) => name.toLowerCase()),
    ]).toEqual([
      'shop.test',
      'k1',
      expect.arrayContaining(['list-unsubscribe', 'list-unsubscribe-post']),
    ]);
    const relaxed = ([name, value]: [string, string]): string =>
      `${name}:${value.replace(/\s+/g, ' ').trim()}`;
    const covered = tag('h')
      .toLowerCase()
      .split(':')
      .map((name) => relaxed(lines.find((line) => line[0] === name)!));
    const signed = [
      ...covered,
      `dkim-signature:${signature
        .replace(/\bb=[^;]*$/, 'b=')
        .replace(/\s+/g, ' ')
        .trim()}`,
    ].join('\r\n');
    expect(
      createVerify('RSA-SHA256')
        .update(signed)
        .verify(publicKey, tag('b'), 'base64'),
    ).toBe(true);
  });

  it('to a webhook are signed over what is sent, are not redirected, and have the same id when they come again', async () => {
    const signingSecret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    await addChannelAccount(
      sender.platform,
      'webhook',
      { url: `${sender.receiver.url}/hook` },
      { secrets: { signingSecret } },
    );
    await handOver(open(), [parcelOf(1), parcelOf(1)], { channel: 'webhook' });
    for (const { headers, body } of sender.receiver.received) {
      const expected = createHmac('sha256', Buffer.alloc(32, 7))
        .update(`m-1.${headers['webhook-timestamp'] as string}.`)
        .update(body)
        .digest('base64');
      expect([headers['webhook-id'], headers['webhook-signature']]).toEqual([
        'm-1',
        `v1,${expected}`,
      ]);
    }
    expect(
      JSON.parse(sender.receiver.received[0].body.toString()),
    ).toMatchObject({ type: 'message', id: 'm-1', subject: '第 1 封' });
    sender.receiver.react(
      (_received, response) =>
        void response
          .writeHead(302, { location: `${sender.receiver.url}/elsewhere` })
          .end(),
    );
    expect(
      (await handOver(open(), [parcelOf(2)], { channel: 'webhook' }))[0].answer,
    ).toMatchObject({ outcome: 'later', code: '302' });
    expect(
      sender.receiver.received.some(({ path }) => path === '/elsewhere'),
    ).toBe(false);
  });

  it('of an account in test mode reach its testers alone; the others are kept to be looked at', async () => {
    const box = await mailBox();
    const accountNo = await addMailAccount(sender.platform, box.port, {
      state: 'test',
      testers: ['person1@shop.test'],
    });
    const told = new Map(
      (await handOver(open(), parcels(3))).map(({ key, answer }) => [
        key,
        answer,
      ]),
    );
    expect([told.get('m-0'), told.get('m-1')]).toMatchObject([
      { outcome: 'refused', code: 'test_mode' },
      { outcome: 'taken' },
    ]);
    expect(box.received.map(({ to }) => to)).toEqual(['person1@shop.test']);
    const kept = await readTestMessages(
      sender.platform.pg,
      sender.platform.secret,
      accountNo,
      { limit: 10, offset: 0 },
    );
    expect([kept.total, kept.rows.map(({ to }) => to).toSorted()]).toEqual([
      2,
      ['person0@shop.test', 'person2@shop.test'],
    ]);
    expect(kept.rows[0].shown).toMatch(/^Message-ID: <m-[02]@shop\.test>/m);
    const { rows } = await sender.platform.pg.query(
      "select encode(sealed, 'escape') as text from channel_test_message",
    );
    expect(JSON.stringify(rows)).not.toContain('person');
  });
});
