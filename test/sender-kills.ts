import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Connections } from '../src/platform/connect.ts';
import type { MailBox } from './mail-box.ts';
import { mailOf, type SendingBrand } from './sending-brand.ts';

/** A process that sends; it begins within a second or so. Throws where it ends before. */
export async function forkSender(connections: Connections): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, 'sender-process.ts'), [JSON.stringify(connections)], { execArgv: ['--disable-warning=ExperimentalWarning'] });
  const ending = new AbortController();
  const ended = once(child, 'exit', ending).then(([code]) => Promise.reject(new Error(`the sender ended with ${code} before it began`)));
  await Promise.race([once(child, 'message'), ended]);
  ended.catch(() => {});
  ending.abort();
  return child;
}

export async function killSender(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

/** What stands of a run against what arrived: whoever got it twice, or not though it was handed over, or has no state that explains it. */
export async function faultsOf(brand: SendingBrand, box: MailBox, runNo: number): Promise<{ faults: string[]; arrived: number; unknown: number }> {
  const times = new Map<string, number>();
  for (const { to } of box.received) times.set(to, (times.get(to) ?? 0) + 1);
  const { rows } = await brand.platform.pg.query<{ no: number; state: string }>('select customer_no as no, state from send_delivery where run_no = $1', [runNo]);
  const state = new Map(rows.map(({ no, state: its }) => [no, its]));
  const faults: string[] = [];
  let [arrived, unknown] = [0, 0];
  for (const arm of await brand.messaging.sending.peopleOf(runNo)) {
    for (const no of arm) {
      const [got, its] = [times.get(mailOf(no)) ?? 0, state.get(no) ?? 'nothing'];
      arrived += got;
      if (its === 'unknown') unknown++;
      if (got > 1) faults.push(`${no} got it ${got} times, ${its}`);
      if (its === 'handed' && got === 0) faults.push(`${no} was handed over and got nothing`);
      if (got === 1 && its !== 'handed' && its !== 'unknown') faults.push(`${no} got it and is ${its}`);
      if (!['handed', 'unknown'].includes(its)) faults.push(`${no} is ${its}`);
    }
  }
  return { faults, arrived, unknown };
}
