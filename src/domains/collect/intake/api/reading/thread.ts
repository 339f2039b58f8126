import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';
import { basename } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { Problem } from '../../../../../kernel/problem.ts';
import { createRequestSeal } from '../request-seal.ts';
import type { Answer, AnsweredGroup, AskedGroup } from './group.ts';
import { openParcel, parcelOf } from './parcel.ts';
import { readCall } from './read-call.ts';

// What runs in the thread: bodies are inflated, parsed, checked, compressed and sealed here, so that no page waits for it.

/** Pages and commits go first; trackers are told to wait where there is too little left for them. */
const niceness = 5;
// Linux schedules threads one by one, and calls them by numbers as it does processes. Elsewhere all are alike.
if (process.platform === 'linux') setPriority(Number(basename(readlinkSync('/proc/thread-self'))), niceness);

const { seal } = createRequestSeal(workerData as string);

parentPort?.on('message', ({ calls, bodies }: AskedGroup) => {
  const next = openParcel(bodies);
  const parts: Buffer[] = [];
  const answers = calls.map(({ bytes, ...call }): Answer => {
    const sent = { ...call, body: next(bytes) };
    try {
      const { body, setAside, ...read } = readCall(sent, seal);
      parts.push(body, ...setAside.map((each) => each.body));
      return { read: { ...read, bytes: body.length, setAside: setAside.map(({ body: { length }, ...each }) => ({ ...each, bytes: length })) } };
    } catch (error) {
      if (error instanceof Problem) return { problem: { code: error.code, status: error.status, params: error.params } };
      return { failed: error instanceof Error ? error.message : String(error) };
    }
  });
  const parcel = parcelOf(parts);
  parentPort?.postMessage({ answers, bodies: parcel } satisfies AnsweredGroup, [parcel.buffer]);
});
