import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addMailAccount } from '../../../../test/channel-accounts.ts';
import { rounds, runSeed } from '../../../../test/long/report.ts';
import { createMailBox, type MailBox } from '../../../../test/mail-box.ts';
import { faultsOf, forkSender, killSender } from '../../../../test/sender-kills.ts';
import { createSendingBrand, type SendingBrand } from '../../../../test/sending-brand.ts';
import { seededRandom } from '../../../kernel/seeded-random.ts';

let brand: SendingBrand;
let box: MailBox;
beforeAll(async () => {
  brand = await createSendingBrand();
  box = await createMailBox();
  await addMailAccount(brand.platform, box.port, { perSecond: 400 });
});
afterAll(async () => {
  await brand.close();
  await box.close();
});

const isDone = async (runNo: number): Promise<boolean> => (await brand.messaging.sending.progress([runNo])).get(runNo)?.state === 'done';

describe('a process that sends', () => {
  it('check 30: is killed again and again, while it hands over and between acceptance and record: nobody gets it twice, nobody is missed, and whose answer was lost is unknown', async () => {
    const chance = seededRandom(runSeed());
    const perRound = 150;
    const runNo = await brand.begin({ people: await brand.people(perRound * rounds('PERENNIAL_ROUNDS', 4)) });
    let kills = 0;
    while (!(await isDone(runNo))) {
      const child = await forkSender(brand.connections);
      const mails = 1 + Math.floor(chance() * 1.5 * perRound);
      let seen = 0;
      const enough = Promise.withResolvers<void>();
      // The server has taken this one, and the process will never know.
      box.react(() => {
        if (++seen === mails) enough.resolve(killSender(child));
        return 'take';
      });
      const doneSoon = (async () => {
        while (!(await isDone(runNo))) await sleep(100);
        await killSender(child);
      })();
      await Promise.race([enough.promise, doneSoon]);
      kills++;
      if (chance() < 0.5) await sleep(300 * chance());
    }
    const { faults, arrived, unknown } = await faultsOf(brand, box, runNo);
    expect({ faults, kills: kills > 2 }).toEqual({ faults: [], kills: true });
    expect(arrived + unknown).toBeGreaterThanOrEqual((await brand.messaging.sending.peopleOf(runNo))[0].size);
    // Those that were noted or with the provider at each kill, and no others.
    expect(unknown).toBeLessThan(kills * 3 * 64);
  }, 60_000 + 60_000 * rounds('PERENNIAL_ROUNDS', 4));
});
