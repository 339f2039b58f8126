import { connect, type Socket } from 'node:net';
import { batchTemplate } from './batch-template.ts';
import type { Flood, SenderOrder, SenderReport } from './flood.ts';

/** How often batches that are due are handed to connections. */
const tickMs = 5;
const giveUpMs = 20_000;

/** One connection that sends a request after the other and tells how each was answered. */
class Line {
  #socket: Socket | undefined;
  #words = '';
  #answered: ((status: string, isPatient: boolean) => void) | undefined;
  readonly #host: string;
  readonly #port: number;

  constructor({ hostname, port }: URL) {
    this.#host = hostname;
    this.#port = Number(port);
  }

  send(request: Buffer, answered: (status: string, isPatient: boolean) => void): void {
    this.#answered = answered;
    this.#socket ??= this.#open();
    this.#socket.write(request);
  }

  end(): void {
    this.#socket?.destroy();
  }

  #open(): Socket {
    const socket = connect(this.#port, this.#host);
    socket.setNoDelay(true);
    socket.setTimeout(giveUpMs, () => socket.destroy());
    socket.on('data', (chunk) => this.#read(chunk.toString('latin1')));
    socket.on('error', () => {});
    socket.on('close', () => {
      if (this.#socket === socket) this.#socket = undefined;
      this.#words = '';
      this.#finish('none', true);
    });
    return socket;
  }

  #read(words: string): void {
    this.#words += words;
    const headEnd = this.#words.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const head = this.#words.slice(0, headEnd).toLowerCase();
    const length = Number(/\r\ncontent-length: (\d+)/.exec(head)?.[1] ?? 0);
    if (this.#words.length < headEnd + 4 + length) return;
    this.#words = this.#words.slice(headEnd + 4 + length);
    const status = head.slice(9, 12);
    this.#finish(status, !['429', '503'].includes(status) || /\r\nretry-after: [1-9]/.test(head));
  }

  #finish(status: string, isPatient: boolean): void {
    const answered = this.#answered;
    this.#answered = undefined;
    answered?.(status, isPatient);
  }
}

/** Sends one sender's batches when they are due, whatever becomes of those before: a batch without a free line is counted and left out. */
function begin({ url, events }: Flood, sender: SenderOrder): { tick(elapsedSeconds: number): void; report(): SenderReport; end(): void } {
  const { host } = new URL(url);
  const template = batchTemplate({ host, events, ...sender });
  const idle = Array.from({ length: sender.lines }, () => new Line(new URL(url)));
  const all = [...idle];
  const waiting = new Set<number>();
  const report: SenderReport = { mark: sender.mark, statuses: {}, acknowledged: [], inDoubt: [], impatient: 0, refused: 0, unsent: 0 };
  let due = 0;
  let made = 0;
  return {
    tick(elapsedSeconds) {
      const wanted = Math.floor(elapsedSeconds * sender.perSecond);
      for (; due < wanted; due++) {
        const line = idle.pop();
        if (!line) {
          report.unsent++;
          continue;
        }
        const batchNo = made++;
        waiting.add(batchNo);
        line.send(template.request(batchNo), (status, isPatient) => {
          waiting.delete(batchNo);
          report.statuses[status] = (report.statuses[status] ?? 0) + 1;
          if (status === '200') report.acknowledged.push(batchNo);
          else if (status.startsWith('4')) report.refused++;
          else report.inDoubt.push(batchNo);
          if (!isPatient) report.impatient++;
          idle.push(line);
        });
      }
    },
    report: () => ({ ...report, inDoubt: [...report.inDoubt, ...waiting] }),
    end: () => all.forEach((line) => line.end()),
  };
}

const flood = JSON.parse(process.argv[2]) as Flood;
const senders = flood.senders.map((sender) => begin(flood, sender));
const startedMs = performance.now();
const timer = setInterval(() => {
  const elapsedSeconds = (performance.now() - startedMs) / 1000;
  if (elapsedSeconds < flood.seconds) return senders.forEach((each) => each.tick(elapsedSeconds));
  clearInterval(timer);
  // Answers under way still count.
  setTimeout(() => {
    process.stdout.write(JSON.stringify(senders.map((each) => each.report())), () => senders.forEach((each) => each.end()));
  }, 3_000);
}, tickMs);
