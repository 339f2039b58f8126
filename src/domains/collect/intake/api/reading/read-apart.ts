import { Worker } from 'node:worker_threads';
import { Problem } from '../../../../../kernel/problem.ts';
import type { Answer, AnsweredGroup, AskedGroup } from './group.ts';
import { createKeyQueue } from './key-queue.ts';
import { openParcel, parcelOf } from './parcel.ts';
import type { ReadCall, SentCall } from './read-call.ts';

/** Reads bodies of requests in a thread of its own; by keys in turn. Rejects with what is wrong with the request. */
export type ReadApart = (key: number, call: SentCall) => Promise<ReadCall>;

/** A group is a few batches, or very many single calls: handing one over costs more than reading a single call. */
const groupBounds = { bytes: 64 * 2 ** 10, calls: 128 };
/** One is read while the next is on its way; what waits behind them still takes turns. */
const groupsAtOnce = 2;

interface Waiting {
  call: SentCall;
  answered: PromiseWithResolvers<ReadCall>;
}

/** The thread starts with the first request and does not keep the process alive. */
export function createReadApart(secret: string): ReadApart {
  const queue = createKeyQueue<Waiting>();
  let underWay: Waiting[][] = [];
  let thread: Worker | undefined;
  let isScheduled = false;

  const start = (): Worker => {
    const started = new Worker(new URL('thread.ts', import.meta.url), { workerData: secret });
    started.on('message', settle);
    // Whoever waits for it may come again; others are read by the next one.
    started.on('error', (cause) => {
      if (thread !== started) return;
      thread = undefined;
      const lost = underWay.flat();
      underWay = [];
      for (const { answered } of lost) answered.reject(new Problem('collect.intake_unavailable', { status: 503, retryAfterSeconds: 2, cause }));
      handOver();
    });
    return started;
  };
  const settle = ({ answers, bodies }: AnsweredGroup): void => {
    const next = openParcel(bodies);
    const group = underWay.shift() ?? [];
    handOver();
    if (underWay.length === 0) thread?.unref();
    group.forEach(({ answered }, i) => settleOne(answers[i], next, answered));
  };
  const takeGroup = (): Waiting[] => {
    const group: Waiting[] = [];
    for (let bytes = 0; bytes < groupBounds.bytes && group.length < groupBounds.calls;) {
      const one = queue.next();
      if (!one) break;
      group.push(one);
      bytes += one.call.body.length;
    }
    return group;
  };
  const handOver = (): void => {
    isScheduled = false;
    while (underWay.length < groupsAtOnce) {
      const group = takeGroup();
      if (group.length === 0) return;
      underWay.push(group);
      const bodies = parcelOf(group.map(({ call }) => call.body));
      thread ??= start();
      thread.ref();
      thread.postMessage({ calls: group.map(({ call: { body, ...call } }) => ({ ...call, bytes: body.length })), bodies } satisfies AskedGroup, [bodies.buffer]);
    }
  };
  return (key, call) => {
    const answered = Promise.withResolvers<ReadCall>();
    queue.add(key, { call, answered });
    // Requests of one turn of the event loop go together.
    if (!isScheduled) setImmediate(handOver);
    isScheduled = true;
    return answered.promise;
  };
}

function settleOne(answer: Answer, next: (length: number) => Buffer, answered: PromiseWithResolvers<ReadCall>): void {
  if ('read' in answer) {
    const { bytes, setAside, ...read } = answer.read;
    const body = next(bytes);
    answered.resolve({ ...read, body, setAside: setAside.map(({ bytes: length, ...each }) => ({ ...each, body: next(length) })) });
  } else {
    answered.reject('problem' in answer ? new Problem(answer.problem.code, answer.problem) : new Error(answer.failed));
  }
}
