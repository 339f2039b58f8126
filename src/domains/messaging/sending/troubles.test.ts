import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addMailAccount } from '../../../../test/channel-accounts.ts';
import { createMailBox, type MailBox } from '../../../../test/mail-box.ts';
import { faultsOf, forkSender, killSender } from '../../../../test/sender-kills.ts';
import { createSendingBrand, mailOf, type SendingBrand } from '../../../../test/sending-brand.ts';
import { seededRandom } from '../../../kernel/seeded-random.ts';

let brand: SendingBrand;
let box: MailBox;
beforeAll(async () => {
  brand = await createSendingBrand();
});
afterEach(async () => {
  await brand.platform.pg.query('delete from channel_account');
  await box.close();
});
afterAll(() => brand.close());

const stateOf = async (runNo: number) => (await brand.messaging.sending.progress([runNo])).get(runNo)?.state;
async function untilDone(runNo: number, withinMs = 60_000): Promise<void> {
  const untilMs = performance.now() + withinMs;
  while ((await stateOf(runNo)) !== 'done') {
    if (performance.now() > untilMs) throw new Error(`not done: ${JSON.stringify(await brand.states(runNo))}`);
    await sleep(100);
  }
}

describe('a provider', () => {
  it('check 31: that fails now and then, and is asked by two processes: no more than 14 in any second, everybody has a final state, nobody has it twice', async () => {
    const chance = seededRandom(31);
    box = await createMailBox();
    await addMailAccount(brand.platform, box.port, { perSecond: 14 });
    const arrivedAt: number[] = [];
    box.react((_mail, _count, atMs) => {
      arrivedAt.push(atMs);
      const luck = chance();
      return luck < 0.05 ? 451 : luck < 0.07 ? 421 : luck < 0.08 ? 'hang-up' : 'take';
    });
    const [people, others] = [await brand.people(40), await brand.people(40)];
    const runs = [await brand.begin({ people }), await brand.begin({ people: others })];
    brand.setTime(new Date());
    const processes = await Promise.all([forkSender(brand.connections), forkSender(brand.connections)]);
    for (const runNo of runs) await untilDone(runNo);
    await Promise.all(processes.map(killSender));
    // From each to the fourteenth after it more than a second passes, by the receiver's clock.
    arrivedAt.sort((a, b) => a - b);
    expect(Math.min(...arrivedAt.slice(14).map((at, n) => at - arrivedAt[n]))).toBeGreaterThanOrEqual(1_000);
    for (const runNo of runs) expect((await faultsOf(brand, box, runNo)).faults).toEqual([]);
  }, 180_000);

  it('check 32: that is down for ten minutes: nothing is tried in vain, and it goes on by itself', async () => {
    box = await createMailBox();
    const { port } = box;
    await box.close();
    await addMailAccount(brand.platform, port, { perSecond: 1_000 });
    const people = await brand.people(40);
    const now = new Date('2026-07-01T04:00:00Z');
    brand.setTime(now);
    const runNo = await brand.begin({ people });
    for (let minutes = 0; minutes < 10; minutes++) {
      brand.setTime(new Date(now.getTime() + minutes * 60_000));
      await brand.within(async () => {
        const working = brand.drain();
        await sleep(50);
        await brand.within((client) => brand.messaging.sending.pause(client, runNo));
        await working;
        await brand.within((client) => brand.messaging.sending.resume(client, runNo));
      });
    }
    const { rows: [{ attempts }] } = await brand.platform.pg.query<{ attempts: number }>('select max(attempts) as attempts from send_delivery where run_no = $1', [runNo]);
    expect(attempts).toBeLessThan(6);
    box = await createMailBox({ port });
    brand.setTime(new Date(now.getTime() + 3 * 3_600_000));
    // How its account is doing is known anew within a second.
    for (let tries = 0; tries < 20 && (await stateOf(runNo)) !== 'done'; tries++) {
      await brand.drain();
      await sleep(200);
    }
    expect([await brand.states(runNo), box.received.map(({ to }) => to).sort()]).toEqual([{ handed: 40 }, [...people].map(mailOf).sort()]);
  }, 90_000);
});

describe('a process that sends', () => {
  it('lets no run wait for runs that are held to so few a minute, or whose provider is away', async () => {
    box = await createMailBox();
    await addMailAccount(brand.platform, box.port, { perSecond: 1_000 });
    const slow: number[] = [];
    for (let n = 0; n < 3; n++) slow.push(await brand.begin({ people: await brand.people(3), perMinute: 1 }));
    const { rows: [{ account_no: away }] } = await brand.platform.pg.query(
      `insert into channel_account (channel, provider, name, settings, place, per_second, at_once, state, created_at, created_by)
        values ('webhook', 'webhook', 'away', '{"url": "http://127.0.0.1:9/"}', 1, 10, 1, 'active', now(), 'test') returning account_no`);
    await brand.platform.pg.query("insert into channel_health (account_no, breaks, broken_until) values ($1, 1, '2126-01-01')", [away]);
    for (let n = 0; n < 3; n++) slow.push(await brand.begin({ people: await brand.people(3), channel: 'webhook', purpose: 'service' }));
    const quick = await brand.people(5);
    const runNo = await brand.begin({ people: quick });
    brand.messaging.sending.sender.start();
    const untilMs = performance.now() + 10_000;
    while (performance.now() < untilMs && (await stateOf(runNo)) !== 'done') await sleep(50);
    await brand.messaging.sending.sender.stop();
    expect(box.received.map(({ to }) => to)).toEqual(expect.arrayContaining([...quick].map(mailOf)));
    for (const each of slow) await brand.within((client) => brand.messaging.sending.cancel(client, each));
    await brand.drain();
  });

  it('check 28: that is killed in the middle is followed by another at once', async () => {
    box = await createMailBox();
    await addMailAccount(brand.platform, box.port, { perSecond: 100 });
    brand.setTime(new Date());
    const runNo = await brand.begin({ people: await brand.people(60) });
    const first = await forkSender(brand.connections);
    while (box.received.length < 10) await sleep(10);
    await killSender(first);
    const killedMs = performance.now();
    const second = await forkSender(brand.connections);
    await untilDone(runNo);
    await killSender(second);
    expect(performance.now() - killedMs).toBeLessThan(60_000);
    expect((await faultsOf(brand, box, runNo)).faults).toEqual([]);
  }, 90_000);

  it('check 29: that was frozen and lost its right comes too late: what it still says of messages changes no other attempt, and nobody has anything twice', async () => {
    box = await createMailBox();
    await addMailAccount(brand.platform, box.port, { perSecond: 100 });
    brand.setTime(new Date());
    const runNo = await brand.begin({ people: await brand.people(60) });
    const frozen = await forkSender(brand.connections);
    while (box.received.length < 10) await sleep(10);
    frozen.kill('SIGSTOP');
    // Its connections are cut as a network would cut them; it does not know yet.
    await brand.platform.pg.query("select pg_terminate_backend(a.pid) from pg_stat_activity a join pg_locks l using (pid) where l.locktype = 'advisory' and a.pid <> pg_backend_pid() and a.datname = current_database()");
    const other = await forkSender(brand.connections);
    await untilDone(runNo);
    frozen.kill('SIGCONT');
    await sleep(1_500);
    await Promise.all([killSender(frozen), killSender(other)]);
    expect((await faultsOf(brand, box, runNo)).faults).toEqual([]);
  }, 90_000);
});

it('nothing of a message is kept that says who it was for', async () => {
  box = await createMailBox();
  const { rows } = await brand.platform.pg.query<{ row: string }>(
    'select to_jsonb(d)::text as row from send_delivery d union all select to_jsonb(d)::text from send_decision d union all select convert_from(body, $1) from told_event where false', ['latin1']);
  expect(rows.length).toBeGreaterThan(100);
  expect(rows.filter(({ row }) => row.includes('example.com'))).toEqual([]);
});
