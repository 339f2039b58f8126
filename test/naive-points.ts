import type { Command, TakeBackPolicy } from '../src/domains/membership/ledger/command.ts';

/** One point, as somebody would keep it who has only a few: where it came from and what became of it. */
interface Point {
  owner: number;
  earnedBy: string;
  /** The order in which it was earned, to break ties. */
  place: number;
  earnedAt: number;
  availableAt: number;
  expiresAt: number;
  state: 'open' | 'held' | 'gone';
  heldBy?: string;
  /** The command that took it, in which of its lines, and in which order. */
  takenBy?: string;
  takenLine?: number;
  takenPlace?: number;
}

interface NaiveBalance {
  available: number;
  pending: number;
  held: number;
  debt: number;
}

/**
 * Points of somebody kept one by one and moment by moment, over all numbers that are theirs: slow, and too plain to be wrong in the same
 * way as the ledger. It knows all but the giving back of what was taken back.
 */
export class NaivePoints {
  #points: Point[] = [];
  readonly #holds = new Map<string, { owner: number; key: string; expiresAt: number }>();
  readonly #debts: { owner: number; left: number }[] = [];
  /** How much of an earning, and of what account, may still be taken back. */
  readonly #earned = new Map<string, { owner: number; left: number }>();
  #place = 0;
  #now: number;
  readonly #alone = (owner: number): readonly number[] => [owner];
  /** All numbers of the person a number is part of, the first one first. */
  accountsOf: (owner: number) => readonly number[];

  constructor(now: number, accountsOf?: (owner: number) => readonly number[]) {
    this.#now = now;
    this.accountsOf = accountsOf ?? this.#alone;
  }

  /** Lives through every moment until then. */
  advance(until: number, stepMs: number): void {
    for (; this.#now < until; this.#now += stepMs) this.#tick(this.#now + stepMs);
  }

  /** What is due at the moment. */
  settle(): void {
    this.#tick(this.#now);
  }

  /** What became available pays; then holds let go; then what has ended is gone. */
  #tick(now: number): void {
    this.#repay(now);
    for (const [id, hold] of [...this.#holds].sort((a, b) => a[1].expiresAt - b[1].expiresAt)) {
      if (hold.expiresAt > now) continue;
      this.#letGo(id);
      this.#repay(now);
    }
    for (const point of this.#points)
      if (point.state === 'open' && point.expiresAt <= now) point.state = 'gone';
  }

  #letGo(id: string): void {
    const hold = this.#holds.get(id);
    this.#holds.delete(id);
    for (const point of this.#points)
      if (hold && point.state === 'held' && point.heldBy === hold.key && point.owner === hold.owner)
        Object.assign(point, { state: 'open', heldBy: undefined });
  }

  #repay(now: number): void {
    for (const debt of this.#debts) {
      const spendable = debt.left > 0 ? this.#spendable(debt.owner, now) : [];
      const own = spendable.filter(({ owner }) => owner === debt.owner);
      for (const point of [...own, ...spendable.filter((each) => !own.includes(each))].slice(0, debt.left)) {
        point.state = 'gone';
        debt.left--;
      }
    }
  }

  #spendable(owner: number, now = this.#now): Point[] {
    const accounts = this.accountsOf(owner);
    return this.#points
      .filter((point) => accounts.includes(point.owner) && point.state === 'open' && point.availableAt <= now && point.expiresAt > now)
      .sort((a, b) => (a.expiresAt === b.expiresAt ? a.earnedAt - b.earnedAt || a.place - b.place : a.expiresAt - b.expiresAt));
  }

  /** Of one number, or of all that there are. */
  balance(owner?: number): NaiveBalance {
    const own = this.#points.filter((point) => owner === undefined || point.owner === owner);
    return {
      available: own.filter(({ state, availableAt, expiresAt }) => state === 'open' && availableAt <= this.#now && expiresAt > this.#now).length,
      pending: own.filter(({ state, availableAt }) => state === 'open' && availableAt > this.#now).length,
      held: own.filter(({ state }) => state === 'held').length,
      debt: this.#debts.filter((debt) => owner === undefined || debt.owner === owner).reduce((sum, { left }) => sum + left, 0),
    };
  }

  /** False where it is refused. */
  do(command: Command): boolean {
    const isDone = this.#effect(command);
    if (isDone) this.#tick(this.#now);
    return isDone;
  }

  #effect(command: Command): boolean {
    const { key, customerNo: owner } = command;
    switch (command.kind) {
      case 'earn': {
        const { amount, occurredAt, availableAt, expiresAt } = command;
        const place = ++this.#place;
        for (let i = 0; i < amount; i++)
          this.#points.push({ owner, earnedBy: key, place, earnedAt: occurredAt, availableAt, expiresAt: expiresAt ?? Infinity, state: 'open' });
        this.#earned.set(key, { owner, left: amount });
        return true;
      }
      case 'spend': {
        const points = this.#spendable(owner).slice(0, command.amount);
        if (points.length < command.amount) return false;
        this.#spend(points, key);
        return true;
      }
      case 'hold': {
        const points = this.#spendable(owner).slice(0, command.amount);
        if (points.length < command.amount) return false;
        for (const point of points) {
          Object.assign(point, { state: 'held', heldBy: key, takenPlace: ++this.#place });
          this.#holds.set(`${point.owner} ${key}`, { owner: point.owner, key, expiresAt: command.expiresAt });
        }
        return true;
      }
      case 'commit': {
        const open = this.#openHold(owner, command.holdKey);
        const held = open.flatMap((hold) => this.#points.filter((point) => point.state === 'held' && point.heldBy === hold.key && point.owner === hold.owner)
          .sort((a, b) => (a.takenPlace ?? 0) - (b.takenPlace ?? 0)));
        const amount = command.amount ?? held.length;
        if (open.length === 0 || amount > held.length) return false;
        this.#spend(held.slice(0, amount), key);
        for (const hold of open) this.#letGo(`${hold.owner} ${hold.key}`);
        return true;
      }
      case 'release': {
        const open = this.#openHold(owner, command.holdKey);
        for (const hold of open) this.#letGo(`${hold.owner} ${hold.key}`);
        return open.length > 0;
      }
      case 'take_back': return this.#takeBack(owner, command.of, command.amount, command.policy, command.debtLimit);
      case 'give_back': return this.#giveBack(owner, command.of, command.amount, command.reinstatedUntil);
    }
  }

  /** What a hold still puts aside, account by account. */
  #openHold(owner: number, holdKey: string) {
    return this.accountsOf(owner).flatMap((no) => this.#holds.get(`${no} ${holdKey}`) ?? []);
  }

  /** One line for each account, in the order in which they come first. */
  #spend(points: readonly Point[], key: string): void {
    for (const [line, ofAccount] of [...Map.groupBy(points, (point) => point.owner).values()].entries())
      for (const point of ofAccount) Object.assign(point, { state: 'gone', takenBy: key, takenLine: line, takenPlace: ++this.#place });
  }

  #takeBack(owner: number, of: string, amount: number, policy: TakeBackPolicy, debtLimit: number): boolean {
    const accounts = this.accountsOf(owner);
    const earned = this.#earned.get(of);
    if (!earned || !accounts.includes(earned.owner) || amount > earned.left) return false;
    earned.left -= amount;
    const own = this.#points.filter((point) => point.earnedBy === of && point.state === 'open');
    const others = this.#spendable(owner).filter((point) => point.earnedBy !== of);
    const taken = (policy === 'only_pending' ? own.filter(({ availableAt }) => availableAt > this.#now) : [...own, ...others]).slice(0, amount);
    for (const point of taken) point.state = 'gone';
    const owed = this.#debts.filter((debt) => accounts.includes(debt.owner)).reduce((sum, { left }) => sum + left, 0);
    if (policy === 'debt') this.#debts.push({ owner: earned.owner, left: Math.max(0, Math.min(amount - taken.length, debtLimit - owed)) });
    return true;
  }

  #giveBack(owner: number, of: string, amount: number, reinstatedUntil: number): boolean {
    const accounts = this.accountsOf(owner);
    const taken = this.#points.filter((point) => point.takenBy === of && accounts.includes(point.owner))
      .sort((a, b) => (b.takenLine ?? 0) - (a.takenLine ?? 0) || (b.takenPlace ?? 0) - (a.takenPlace ?? 0));
    if (taken.length < amount) return false;
    const place = ++this.#place;
    for (const point of taken.slice(0, amount)) {
      point.takenBy = undefined;
      if (point.expiresAt > this.#now) point.state = 'open';
      else this.#points.push({ ...point, earnedBy: `again ${point.earnedBy}`, state: 'open', expiresAt: Math.max(point.expiresAt, reinstatedUntil), place });
    }
    return true;
  }
}
