import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';

const waitMs = 5_000;

/**
 * Stops every PostgreSQL process that still works in a folder: what a killed program left behind,
 * the server itself or a query it was running. They are asked to stop, then made to: every
 * acknowledged commit is in the write-ahead log. Two servers in one folder would destroy it.
 */
export async function stopServersOf(folder: string, log: Log): Promise<void> {
  if (!existsSync(folder)) return;
  const first = processesOf(folder);
  if (first.length > 0) log.warn({ pids: first }, 'a PostgreSQL server of an earlier run is still there; stopping it');
  // A fast shutdown, an immediate one, none at all.
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    for (const pid of processesOf(folder)) kill(pid, signal);
    for (let waitedMs = 0; waitedMs < waitMs && processesOf(folder).length > 0; waitedMs += 50) await sleep(50);
  }
}

/** PostgreSQL's programs that have the folder as their working folder or among their arguments. */
function processesOf(folder: string): number[] {
  if (!existsSync('/proc/self/exe') || !existsSync(folder)) return [];
  const path = realpathSync(folder);
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
    try {
      const program = basename(readlinkSync(`/proc/${pid}/exe`)).split(' ')[0];
      if (program !== 'postgres' && program !== 'initdb') return false;
      return readlinkSync(`/proc/${pid}/cwd`) === path || readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(folder);
    } catch {
      // It ended in between, or belongs to someone else.
      return false;
    }
  });
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself in between.
  }
}
