import { fork, type ChildProcess } from 'node:child_process';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import type { Connections } from '../platform/connect.ts';
import type { Log } from '../platform/log.ts';

export interface WorkerProcess {
  stop(): Promise<void>;
}

const shortestPauseMs = 500;
const longestPauseMs = 30_000;
/** One that lived so long did not end as soon as it began. */
const soundMs = 5_000;
/** Requests are answered first: what the worker does may be seconds later. */
const niceness = 5;
/** A batch of events lives a second and then all of it is garbage: with 64 MiB for the young it never grows old. */
const roomForBatches = ['--max-semi-space-size=64'];

/**
 * Keeps background work in a process of its own, so that an import at full speed does not slow
 * a page down. It reads its modules at once and begins when `connections` are there. When it dies
 * it is started again; its jobs are given out again by the queue.
 */
export function startWorkerProcess(connections: Promise<Connections>, log: Log): WorkerProcess {
  let stopping = false;
  let child: ChildProcess;
  let pauseMs = shortestPauseMs;
  const launch = (): void => {
    if (stopping) return;
    const launchedMs = Date.now();
    const launched = fork(join(import.meta.dirname, '..', 'main.ts'), ['worker'], { execArgv: ['--disable-warning=ExperimentalWarning', ...roomForBatches] });
    child = launched;
    if (launched.pid) setPriority(launched.pid, niceness);
    let over = false;
    const again = (what: object): void => {
      if (over || stopping) return;
      over = true;
      // One that ends as soon as it begins must not take the machine.
      pauseMs = Date.now() - launchedMs > soundMs ? shortestPauseMs : Math.min(pauseMs * 2, longestPauseMs);
      log.error(what, 'the worker ended; starting it again');
      setTimeout(launch, pauseMs).unref();
    };
    child.once('exit', (code, signal) => again({ code, signal }));
    child.on('error', (error) => again({ err: error }));
    // Where they never come, the program ends and this process with it.
    connections.then((told) => launched.send(told, () => {}), () => {});
  };
  launch();
  return {
    async stop() {
      stopping = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      const forced = setTimeout(() => child.kill('SIGKILL'), 15_000);
      await exited;
      clearTimeout(forced);
    },
  };
}
