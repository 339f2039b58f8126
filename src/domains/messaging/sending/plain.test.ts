import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addMailAccount } from '../../../../test/channel-accounts.ts';
import { createMailBox, type MailBox } from '../../../../test/mail-box.ts';
import { createSendingBrand, mailOf, type SendingBrand } from '../../../../test/sending-brand.ts';
import { templatesOf } from '../../../../test/templates-of.ts';
import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import { createSay } from '../../../platform/i18n.ts';
import type { GivenContent } from '../contract.ts';
import { createGate } from '../gate/gate.ts';
import type { InHand } from './handing/delivery.ts';
import { noteHanding } from './handing/note-handing.ts';
import { readRuns } from './runs/run.ts';

const words = '{{ person.name }}，{{ person.city | default: "各地" }}{% if message.is_plain %}，人人一样{% endif %} [退订]({{ links.unsubscribe }})';
const content: GivenContent = { kind: 'mail', locales: { 'zh-CN': { subject: '上新', blocks: [{ kind: 'footer', key: 'a', text: words }] } } };

/** 个人信息保护法, article 24: marketing that is chosen for somebody is offered in a form that is not. */
describe('whoever refused to be shown what is chosen for them', () => {
  let brand: SendingBrand;
  let box: MailBox;
  beforeAll(async () => {
    [brand, box] = [await createSendingBrand(), await createMailBox()];
    await addMailAccount(brand.platform, box.port, { perSecond: 1_000 });
  });
  afterAll(async () => {
    await brand.close();
    await box.close();
  });

  const named = async (): Promise<number[]> => {
    box.received.length = 0;
    const people = [...await brand.people(3)];
    await brand.within((client) => brand.customers.profiles.applyTraits(client, people.map((customerNo) => ({ customerNo, traits: { name: '小林', city: '杭州' }, at: new Date('2026-01-01') }))));
    return people;
  };
  const refuse = (customerNo: number): Promise<unknown> => brand.within((client) =>
    brand.customers.consents.record(client, [{ customerNo, channel: 'sms', purpose: 'personalisation', granted: false, at: new Date('2026-05-01'), source: 'test', actor: 'test' }]));
  const merge = (absorbed: number, survivor: number): Promise<unknown> => brand.within(async (client) => {
    await client.query('update customer set status = 1, merged_into = $2, merged_at = now() where customer_no = $1', [absorbed, survivor]);
    await client.query('update identifier set customer_no = $2, home_no = coalesce(home_no, $1) where customer_no = $1', [absorbed, survivor]);
  });
  const got = (...customerNos: number[]): string | undefined => box.received.find(({ to }) => customerNos.map(mailOf).includes(to))?.mail.text?.split(' ')[0];
  const template = (purpose: 'marketing' | 'service') => templatesOf(brand, { channel: 'email', purpose }).approved(content);
  const send = async (people: readonly number[], templateNo: number, purpose: 'marketing' | 'service' = 'marketing'): Promise<number> => {
    const arm = { key: 'a', isControl: false, templateNo, templateVersion: 1, people: Bitmap.fromSorted([...people]) };
    return brand.begin({ purpose, people: arm.people, arms: [arm] });
  };

  it('gets what everybody gets, by their name, whatever channel they said it of; others get theirs', async () => {
    const [one, refuses, merged] = await named();
    await refuse(refuses);
    const [twin] = await brand.people(1);
    await refuse(twin);
    await merge(twin, merged);
    await send([one, refuses, merged], await template('marketing'));
    await brand.drain();
    expect([got(one), got(refuses), got(merged, twin)]).toEqual(['小林，杭州', '小林，各地，人人一样', '小林，各地，人人一样']);
  });

  it('is told in full what has to be told them', async () => {
    const [one] = await named();
    await refuse(one);
    await send([one], await template('service'), 'service');
    await brand.drain();
    expect(got(one)).toBe('小林，杭州');
  });

  it('after their message was made has it made again', async () => {
    const [one, other] = await named();
    const runNo = await send([one, other], await template('marketing'));
    const { platform } = brand;
    const gate = createGate({ ...brand, facts: brand.collect, say: createSay() }, brand.messaging.experiments);
    const [run] = await readRuns(platform.pg, [runNo]);
    const candidates = [one, other].map((customerNo) => ({ customerNo, occasion: '', arm: 0, isControl: false }));
    await brand.within((client) => gate.decide(client, run, candidates, platform.clock.now()));
    await platform.pg.query("insert into send_delivery (occasion_on, run_no, state, not_before, customer_no, occasion, arm) select $1, $2, 'queued', $3, no, '', 0 from unnest($4::int[]) as n (no)", [run.occasionOn, runNo, platform.clock.now(), [one, other]]);
    await platform.pg.query("update send_run set state = 'running' where run_no = $1", [runNo]);
    await refuse(one);
    const made = (customerNo: number): InHand => ({ key: `k${customerNo}`, customerNo, occasion: '', arm: 0, personNo: customerNo, isPlain: false, attempts: 0, isNoted: false });
    expect(await noteHanding(platform, gate, run, [one, other].map((no) => ({ inHand: made(no), accountNo: 1 })))).toEqual([null, 1]);
    expect(await brand.states(runNo)).toEqual({ handing: 1, queued: 1 });
    expect(await noteHanding(platform, gate, run, [{ inHand: { ...made(one), isPlain: true }, accountNo: 1 }])).toEqual([1]);
  });
});
