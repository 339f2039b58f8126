import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Connections } from '../src/platform/connect.ts';

const few = 10;

/**
 * Starts a process of this folder that writes as fast as it can and says the number of each thing it has done, and kills it so long after
 * the first few, however slow the machine is at the time; returns what it had acknowledged.
 */
export async function killWriter(file: string, connections: Connections, run: string, afterMs: number): Promise<number[]> {
  const child = fork(join(import.meta.dirname, file), [JSON.stringify(connections), run], { stdio: 'inherit' });
  const acknowledged: number[] = [];
  child.on('message', (message) => void (message !== 'ready' && acknowledged.push(Number(message))));
  await once(child, 'message');
  while (acknowledged.length < few) await sleep(5);
  await sleep(afterMs);
  child.kill('SIGKILL');
  await once(child, 'exit');
  // The database may still be ending what the dead writer had sent.
  await sleep(200);
  return acknowledged;
}
