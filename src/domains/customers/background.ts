import type { Log } from '../../platform/log.ts';

/** Work that is done again and again while the process lives. */
export interface Background {
  start(): void;
  /** Resolves when the turn that runs has ended. */
  stop(): Promise<void>;
}

/** A failure is often an engine that restarts: the next turn waits a little longer. */
const patience = 5;

/** Does the work, waits, and does it again; a failure is logged and ends nothing. */
export function createBackground(name: string, work: () => Promise<unknown>, pauseMs: number, log: Log): Background {
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let isOn = false;
  const turn = async (): Promise<void> => {
    let pause = pauseMs;
    try {
      await work();
    } catch (error) {
      log.warn({ err: error, work: name }, 'background work failed and will be tried again');
      pause *= patience;
    }
    if (isOn) timer = setTimeout(() => (running = turn()), pause);
  };
  return {
    start() {
      isOn = true;
      running = turn();
    },
    async stop() {
      isOn = false;
      clearTimeout(timer);
      await running;
    },
  };
}
