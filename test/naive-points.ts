import type { Command } from '../src/domains/membership/ledger/command.ts';

/** One point, as somebody would keep it who has only a few: where it came from and what became of it. */
interface Point {
  earnedBy: string;
  /** The order in which it was earned, to break ties. */
  place: number;
  earnedAt: number;
  availableAt: number;
  expiresAt: number;
  state: 'open' | 'held' | 'gone';
  heldBy?: string;
  /** The command that took it. */
  takenBy?: string;
  takenPlace?: number;
}

/**
 * Points kept one by one and hour by hour: slow, and too plain to be wrong in the same way as the ledger. It knows earnings, spendings, holds, and
 * giving back of spendings; debts and takings back are proven elsewhere.
 */
export class NaivePoints {
  readonly #points: Point[] = [];
  readonly #holds = new Map<string, number>();
  #place = 0;
  #now: number;

  constructor(now: number) {
    this.#now = now;
  }

  /** Lives through every hour until then. */
  advance(until: number, hourMs: number): void {
    for (; this.#now < until; this.#now += hourMs) this.#tick(this.#now + hourMs);
  }

  #tick(now: number): void {
    for (const [holdKey, expiresAt] of [...this.#holds].sort((a, b) => a[1] - b[1])) if (expiresAt <= now) this.#letGo(holdKey);
    for (const point of this.#points) if (point.state === 'open' && point.expiresAt <= now) point.state = 'gone';
  }

  #letGo(holdKey: string): void {
    this.#holds.delete(holdKey);
    for (const point of this.#points) if (point.heldBy === holdKey && point.state === 'held') Object.assign(point, { state: 'open', heldBy: undefined });
  }

  #spendable(): Point[] {
    return this.#points.filter(({ state, availableAt, expiresAt }) => state === 'open' && availableAt <= this.#now && expiresAt > this.#now)
      .sort((a, b) => (a.expiresAt === b.expiresAt ? a.earnedAt - b.earnedAt || a.place - b.place : a.expiresAt - b.expiresAt));
  }

  get balance(): { available: number; pending: number; held: number } {
    return {
      available: this.#spendable().length,
      pending: this.#points.filter(({ state, availableAt }) => state === 'open' && availableAt > this.#now).length,
      held: this.#points.filter(({ state }) => state === 'held').length,
    };
  }

  /** False where it is refused. */
  do(command: Command): boolean {
    switch (command.kind) {
      case 'earn': {
        const { key, amount, occurredAt, availableAt, expiresAt } = command;
        for (let i = 0; i < amount; i++) this.#points.push({ earnedBy: key, place: ++this.#place, earnedAt: occurredAt, availableAt, expiresAt: expiresAt ?? Infinity, state: 'open' });
        this.#tick(this.#now);
        return true;
      }
      case 'spend': return this.#take(command.amount, (point) => Object.assign(point, { state: 'gone', takenBy: command.key, takenPlace: ++this.#place }));
      case 'hold': {
        const isTaken = this.#take(command.amount, (point) => Object.assign(point, { state: 'held', heldBy: command.key, takenPlace: ++this.#place }));
        if (isTaken) this.#holds.set(command.key, command.expiresAt);
        this.#tick(this.#now);
        return isTaken;
      }
      case 'commit': {
        const held = this.#points.filter((point) => point.state === 'held' && point.heldBy === command.holdKey).sort((a, b) => (a.takenPlace ?? 0) - (b.takenPlace ?? 0));
        if (!this.#holds.has(command.holdKey) || (command.amount ?? held.length) > held.length) return false;
        for (const point of held.slice(0, command.amount ?? held.length)) Object.assign(point, { state: 'gone', takenBy: command.key });
        this.#letGo(command.holdKey);
        this.#tick(this.#now);
        return true;
      }
      case 'release': {
        if (!this.#holds.has(command.holdKey)) return false;
        this.#letGo(command.holdKey);
        this.#tick(this.#now);
        return true;
      }
      case 'give_back': return this.#giveBack(command.of, command.amount, command.reinstatedUntil);
      case 'take_back': throw new Error('not known here');
    }
  }

  #take(amount: number, then: (point: Point) => void): boolean {
    const points = this.#spendable();
    if (points.length < amount) return false;
    points.slice(0, amount).forEach(then);
    return true;
  }

  #giveBack(of: string, amount: number, reinstatedUntil: number): boolean {
    const taken = this.#points.filter((point) => point.takenBy === of).sort((a, b) => (b.takenPlace ?? 0) - (a.takenPlace ?? 0));
    if (taken.length < amount) return false;
    for (const point of taken.slice(0, amount)) {
      point.takenBy = undefined;
      if (point.expiresAt > this.#now) point.state = 'open';
      else this.#points.push({ ...point, state: 'open', expiresAt: Math.max(point.expiresAt, reinstatedUntil), place: ++this.#place });
    }
    this.#tick(this.#now);
    return true;
  }
}
