import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addChannelAccount, addMailAccount } from '../../../../../test/channel-accounts.ts';
import { type ChannelSender, createChannelSender } from '../../../../../test/channel-sender.ts';
import { createMailBox, type MailBox } from '../../../../../test/mail-box.ts';
import { formBody } from '../../../../../test/provider-account.ts';
import { createSay } from '../../../../platform/i18n.ts';
import { identifierKinds } from '../../../customers/public.ts';
import { askOptIn, choosePreferences, confirmOptIn, openPreferences } from '../../contract.ts';
import { createMessageTokens } from '../../sending/tracking/message-tokens.ts';
import { sendOptIns } from './send-opt-ins.ts';

describe('links to confirm that the program sends', () => {
  let sender: ChannelSender;
  let box: MailBox;
  let nextNo = 1;
  const start = new Date('2026-06-18T04:00:00Z');
  beforeAll(async () => {
    [sender, box] = [await createChannelSender(), await createMailBox()];
  });
  beforeEach(async () => {
    await sender.reset();
    box.received.length = 0;
    box.react(() => 'take');
    sender.test.setTime(start);
    await sender.platform.pg.query('delete from opt_in_request');
    await addMailAccount(sender.platform, box.port);
  });
  afterAll(async () => {
    await box.close();
    await sender.close();
  });
  const person = async (email: string, phone?: string): Promise<number> => {
    const { pg } = sender.platform;
    const { vault } = sender.test.customers;
    const no = nextNo++;
    await pg.query('insert into customer (customer_no, created_at) values ($1, now())', [no]);
    for (const [kind, value] of [['email', email], ...(phone === undefined ? [] : [['phone', phone]])] as ['email' | 'phone', string][]) {
      await pg.query('insert into identifier (kind, hash, customer_no, value) values ($1, $2, $3, $4)', [identifierKinds[kind], vault.hashOf(kind, '', value), no, vault.seal(kind, '', value)]);
    }
    return no;
  };
  const ask = (customerNo: number, more: object = {}) => sender.test.ask(askOptIn, { body: { customerNo, channel: 'email', source: 'store', textVersion: 'card 3', isSent: true, ...more } }, { permissions: 'customers.consent' });
  const send = (signal = new AbortController().signal) => sendOptIns({ platform: sender.platform, say: createSay(), customers: sender.test.customers, channels: sender.open() }, signal);
  const states = async () => (await sender.platform.pg.query('select send_state as state, answer, attempts from opt_in_request order by request_no')).rows;

  it('go once to the person, in their language, and count with all that proves it when they are followed', async () => {
    const no = await person('lin@shop.test');
    const asked = await ask(no, { locale: 'en' });
    expect([asked.status, asked.body.isSent, box.received.length]).toEqual([201, true, 0]);
    await Promise.all([send(), send()]);
    expect(box.received.map(({ to, mail }) => [to, mail.subject])).toEqual([['lin@shop.test', expect.stringMatching(/^Please confirm messages from /)]]);
    const link = /href="[^"]*(\/m\/d\/[\w-]+)"/.exec(box.received[0].mail.html || '')![1];
    expect([link, box.received[0].mail.text]).toEqual([asked.body.path, expect.stringContaining(link)]);
    expect(box.received[0].mail.headers.has('list-unsubscribe')).toBe(false);
    sender.test.setTime('2026-06-18T05:00:00Z');
    await sender.test.ask(confirmOptIn, { body: { token: link.split('/')[3] } });
    const { rows } = await sender.platform.pg.query('select granted, source, text_version as text, evidence from consent where customer_no = $1', [no]);
    expect(rows).toEqual([{ granted: true, source: 'store', text: 'card 3', evidence: expect.objectContaining({ confirmedBy: 'link', sentAt: start.toISOString(), account: expect.any(Number), letter: 'opt-in 2026-11' }) }]);
    // No program, so no cap and no decision knows of it.
    expect((await sender.platform.pg.query('select from send_claim where customer_no = $1', [no])).rowCount).toBe(0);
  });

  it('go to one address three times a day at most, whoever asks', async () => {
    const no = await person('often@shop.test');
    const answers = await Promise.all([1, 2, 3, 4].map(() => ask(no)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 429]);
    expect(answers.find(({ status }) => status === 429)).toMatchObject({ code: 'messaging.opt_in_too_often', text: expect.not.stringContaining('often@shop.test') });
    sender.test.setTime('2026-06-19T04:00:01Z');
    expect((await ask(no)).status).toBe(201);
  });

  it('are refused where nothing can be sent, and are left to whoever asks where they want to send them', async () => {
    const no = await person('closed@shop.test');
    expect((await ask(no, { channel: 'sms' })).code).toBe('messaging.opt_in_not_sent');
    expect((await ask(no, { channel: 'push' })).code).toBe('messaging.opt_in_not_sent');
    expect((await ask(no, { isSent: false })).body.isSent).toBe(false);
    await send();
    expect([box.received.length, await states()]).toEqual([0, [{ state: null, answer: null, attempts: 0 }]]);
  });

  it('come again when the server says later, and never when nobody can say what became of them', async () => {
    await ask(await person('later@shop.test'));
    box.react(() => 451);
    await send();
    expect(await states()).toMatchObject([{ state: 'queued', attempts: 1 }]);
    box.react(() => 'hang-up');
    sender.test.setTime('2026-06-18T06:00:00Z');
    await send();
    expect(await states()).toMatchObject([{ state: 'unknown', attempts: 2 }]);
    box.react(() => 'take');
    const before = box.received.length;
    sender.test.setTime('2026-06-18T12:00:00Z');
    await send();
    expect(box.received).toHaveLength(before);
  });

  it('do not go to another address than the one that was asked for, nor after their end; what a process left is not sent blindly', async () => {
    const { pg } = sender.platform;
    const [moved, late, left] = [await person('moved@shop.test'), await person('late@shop.test'), await person('left@shop.test')];
    for (const [no, days] of [[moved, 14], [late, 1], [left, 14]]) await ask(no, { days });
    const { vault } = sender.test.customers;
    await pg.query('delete from identifier where customer_no = $1', [moved]);
    await pg.query('insert into identifier (kind, hash, customer_no, value) values ($1, $2, $3, $4)', [identifierKinds.email, vault.hashOf('email', '', 'new@shop.test'), moved, vault.seal('email', '', 'new@shop.test')]);
    await pg.query("update opt_in_request set send_state = 'handing' where customer_no = $1", [left]);
    sender.test.setTime('2026-06-20T04:00:00Z');
    await send();
    expect(box.received).toEqual([]);
    expect((await states()).map(({ state, answer }) => [state, answer])).toEqual([['refused', 'address_gone'], ['refused', 'address_gone'], ['unknown', null]]);
  });

  it('ask on the preference page for a way that somebody did not come by, which counts when confirmed and is forgotten when refused', async () => {
    const { platform } = sender;
    // Later than all before: a page that was opened on a later day waits when the clock is put back.
    sender.test.setTime('2026-06-28T04:00:00Z');
    await addChannelAccount(platform, 'alisms', { signName: '常青', confirmTemplate: 'SMS_7', endpoint: sender.receiver.url }, { secrets: { accessKeySecret: 's' } });
    sender.receiver.react((_request, response) => void response.writeHead(200).end('{"Code":"OK","BizId":"b-1"}'));
    // What is set of channels is read again after a second.
    await sleep(1_100);
    const no = await person('both@shop.test', '+8613800138009');
    await platform.pg.query("select make_send_month('2026-06-01')");
    const { rows: [{ runNo }] } = await platform.pg.query<{ runNo: number }>(
      `insert into send_run (program_kind, program_no, step, occasion, occasion_on, channel, purpose, arms, state, send_from, created_at, created_by)
        values ('campaign', 1, '', '', '2026-06-01', 'email', 'marketing', '[{"key": "A", "isControl": false, "templateNo": null, "templateVersion": null}]', 'done', now(), now(), 'test') returning run_no as "runNo"`);
    const token = createMessageTokens(platform.secret).seal('preferences', { runNo, customerNo: no, occasion: '', arm: 0, position: 0 });
    const choose = async (granted: boolean) => (await sender.test.ask(choosePreferences, { body: { token, choice: { about: 'channel', channel: 'sms', granted } } }, { locale: 'en' })).body.channels;
    expect(await choose(false)).toContainEqual({ channel: 'sms', granted: false, isAsked: false });
    sender.test.setTime('2026-06-28T04:01:00Z');
    expect(await choose(true)).toContainEqual({ channel: 'sms', granted: false, isAsked: true });
    await send();
    const [sent] = sender.receiver.received.map(formBody);
    expect(sent).toMatchObject({ TemplateCode: 'SMS_7', PhoneNumbers: '13800138009' });
    const { code } = JSON.parse(sent.TemplateParam) as { code: string };
    sender.test.setTime('2026-06-28T04:02:00Z');
    await choose(false);
    expect((await sender.test.ask(confirmOptIn, { body: { token: code } })).code).toBe('messaging.preferences_link_ended');
    sender.test.setTime('2026-06-28T04:03:00Z');
    await choose(true);
    await send();
    const again = JSON.parse(formBody(sender.receiver.received[1]).TemplateParam) as { code: string };
    sender.test.setTime('2026-06-28T04:04:00Z');
    await sender.test.ask(confirmOptIn, { body: { token: again.code } });
    expect((await sender.test.ask(openPreferences, { body: { token } })).body.channels).toContainEqual({ channel: 'sms', granted: true, isAsked: false });
  });
});
