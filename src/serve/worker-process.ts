import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Connections } from '../platform/connect.ts';
import type { Log } from '../platform/log.ts';

export interface WorkerProcess {
  stop(): Promise<void>;
}

/**
 * Keeps background work in a process of its own, so that an import at full speed does not slow
 * a page down. When it dies it is started again; its jobs are given out again by the queue.
 */
export function startWorkerProcess(connections: Connections, log: Log): WorkerProcess {
  let stopping = false;
  let child: ChildProcess;
  const launch = (): void => {
    child = fork(join(import.meta.dirname, '..', 'main.ts'), ['worker'], { execArgv: ['--disable-warning=ExperimentalWarning'] });
    child.send(connections);
    child.once('exit', (code, signal) => {
      if (stopping) return;
      log.error({ code, signal }, 'the worker ended; starting it again');
      setTimeout(launch, 1_000);
    });
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
