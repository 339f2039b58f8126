import { isDeepStrictEqual } from 'node:util';
import { mergeCustomers, undoMerge } from '../../src/domains/customers/merges/service.ts';
import type { Done } from '../../src/domains/membership/ledger/carry-out.ts';
import type { Command } from '../../src/domains/membership/ledger/command.ts';
import { followMerges } from '../../src/domains/membership/members/follow-merges.ts';
import { createProgramme } from '../../src/domains/membership/programme/programme.ts';
import { createTierKeeper, type TierKeeper } from '../../src/domains/membership/tiers/keep/keeper.ts';
import { createVersionStart, type VersionStart } from '../../src/domains/membership/tiers/keep/version-start.ts';
import type { TierVersion } from '../../src/domains/membership/tiers/rules/life.ts';
import { Problem } from '../../src/kernel/problem.ts';
import { dayBoundaryOn } from '../day-closer.ts';
import type { EarningShop } from '../earning-shop.ts';
import { staff } from '../harness.ts';
import { halfDayMs } from '../naive-tiers.ts';
import { publishSample } from '../sample-programme.ts';
import { PlainMember } from './plain-member.ts';
import { plainOrder, plainReturn, plainValidity } from './plain-order.ts';
import type { Act, RandomClub } from './random-club.ts';

const dayMs = 2 * halfDayMs;
const start = Date.parse('2026-01-30T00:00:00+08:00');
/** Half days from one act to the next. */
const stride = 7;
const actor = staff('customers.merge');

type Line = Parameters<EarningShop['tell']>[0][number];
interface Standing {
  customerNo: number;
  tier: string;
  available: number;
  pending: number;
  held: number;
  debt: number;
}

/** One of the club's people: what they did, and what that should have come to. */
class Life {
  readonly plain: PlainMember;
  readonly acts: readonly Act[];
  /** Accepted, with their answers. */
  readonly commands: { command: Command; done: Done }[] = [];
  mergeId: number | null = null;

  constructor(plain: PlainMember, acts: readonly Act[]) {
    [this.plain, this.acts] = [plain, acts];
  }

  /** An earlier command of these kinds. */
  earlier(pick: number, ...kinds: Command['kind'][]): Command | undefined {
    const found = this.commands.filter(({ command }) => kinds.includes(command.kind));
    return found[pick % found.length]?.command;
  }
}

/** People live on the real engine what they live in a plain computation; after every step both must have come to the same. */
export class LiveClub {
  readonly lives: Life[];
  readonly seen = new Map<string, number>();
  readonly #shop: EarningShop;
  readonly #club: RandomClub;
  readonly #keeper: TierKeeper;
  readonly #versionStart: VersionStart;
  readonly #versions: readonly TierVersion[];
  #now = start;
  #step = 0;

  private constructor(shop: EarningShop, club: RandomClub, versions: readonly TierVersion[]) {
    [this.#shop, this.#club, this.#versions] = [shop, club, versions];
    const programme = createProgramme(shop.platform);
    this.#keeper = createTierKeeper(shop.platform, programme);
    this.#versionStart = createVersionStart(shop.platform, programme);
    const pause = { from: start + club.pause.from * dayMs, until: start + (club.pause.from + club.pause.days) * dayMs };
    this.lives = club.people.map((acts, i) => new Life(new PlainMember([2 * i + 1, 2 * i + 2], start, versions, [pause]), acts));
  }

  /** Publishes the programme and makes everybody a member. */
  static async open(shop: EarningShop, club: RandomClub): Promise<LiveClub> {
    const startsAt = [Date.parse('2025-01-01T00:00:00+08:00'), start + club.secondFrom * dayMs];
    const versions: TierVersion[] = [];
    for (const [i, definition] of [club.first, club.second].entries()) {
      const versionNo = await publishSample(shop.platform.pg, definition, new Date(startsAt[i]).toISOString());
      versions.push({ versionNo, startsAt: i === 0 ? 0 : startsAt[i], definition });
    }
    const [from, until] = [club.pause.from, club.pause.from + club.pause.days].map((days) => new Date(start + days * dayMs));
    await shop.platform.pg.query(`insert into programme_pause (paused_at, resumed_at, reason, paused_by) values ($1, $2, 'test', 'test')`, [from, until]);
    shop.setTime(new Date(start));
    const live = new LiveClub(shop, club, versions);
    await shop.join(live.lives.flatMap(({ plain }) => [...plain.numbers]), new Date(start).toISOString());
    await shop.round();
    await dayBoundaryOn(shop.platform).run();
    live.#everybody(({ plain }) => plain.tick(start));
    return live;
  }

  #everybody(then: (life: Life) => void): void {
    this.lives.forEach(then);
  }
  #count(what: string): void {
    this.seen.set(what, (this.seen.get(what) ?? 0) + 1);
  }
  get #isPaused(): boolean {
    const day = (this.#now - start) / dayMs;
    return day >= this.#club.pause.from && day < this.#club.pause.from + this.#club.pause.days;
  }

  /** Time goes on to the next act, half a day at a time; then everybody does what they do, and all that is due is done. */
  async step(): Promise<void> {
    for (let i = 1; i < stride; i++) {
      this.#pass();
      await this.#lookAtTiers();
      this.#everybody(({ plain }) => plain.tick(this.#now));
    }
    this.#pass();
    await this.#mergeAndPart();
    await this.#trade();
    await this.#command();
    await this.#grantTiers();
    await this.#lookAtTiers();
    if (this.#club.closes[this.#step]) await dayBoundaryOn(this.#shop.platform).run();
    while ((await this.#shop.ledger.settleDue()) > 0);
    this.#everybody(({ plain }) => plain.tick(this.#now));
    await this.#compare();
    this.#step++;
  }

  #pass(): void {
    this.#now += halfDayMs;
    this.#shop.setTime(new Date(this.#now));
    this.#everybody(({ plain }) => plain.points.advance(this.#now, halfDayMs));
  }

  async #lookAtTiers(): Promise<void> {
    if (this.#now === this.#versions[1].startsAt) while ((await this.#versionStart.mark()) > 0);
    while ((await this.#keeper.settleDue()) > 0);
  }

  #acts<D extends Act['do']>(...kinds: D[]): { life: Life; act: Extract<Act, { do: D }> }[] {
    return this.lives.flatMap((life) => {
      const act = life.acts[this.#step];
      return kinds.includes(act.do as D) ? [{ life, act: act as Extract<Act, { do: D }> }] : [];
    });
  }

  async #mergeAndPart(): Promise<void> {
    // What time did alone is written down within moments: it is before a merge.
    while ((await this.#shop.ledger.settleDue()) > 0);
    for (const { life } of this.#acts('merge')) {
      if (life.mergeId !== null) continue;
      const [survivor, absorbed] = this.#step % 2 === 0 ? life.plain.numbers : life.plain.numbers.toReversed();
      life.mergeId = await mergeCustomers(this.#shop.platform, survivor, absorbed, actor);
      life.plain.merge(survivor, this.#now);
      if (!this.#club.isRolling || this.#isPaused) life.plain.knowsTier = false;
      this.#count('merge');
    }
    for (const { life } of this.#acts('part')) {
      if (life.mergeId === null) continue;
      await undoMerge(this.#shop.platform, life.mergeId, actor);
      life.mergeId = null;
      if (this.#isPaused) life.plain.knowsTier = false;
      life.plain.part();
      this.#count('part');
    }
    while (await followMerges(this.#shop.platform));
    while ((await this.#shop.ledger.settleDue()) > 0);
  }

  /** Orders and returns are told in one batch; now and then all that was told before is told again. */
  async #trade(): Promise<void> {
    const at = new Date(this.#now).toISOString();
    const ordered = this.#acts('order').map(({ life, act }) => ({ life, act, id: `${life.plain.numbers[0]} ${this.#step}`, customerNo: life.plain.numbers[act.who] }));
    const returned = this.#acts('return').flatMap(({ life, act: { pick, percent } }) => {
      const orders = life.plain.orders.filter(({ amount, returned: back }) => back < amount);
      if (orders.length === 0) return [];
      const order = orders[pick % orders.length];
      return [{ life, order, part: Math.max(1, Math.floor(((order.amount - order.returned) * percent) / 100)) }];
    });
    await this.#shop.tell([
      ...ordered.map(({ act: { amount, category }, id, customerNo }): Line => ({ customerNo, order: id, at, amount, category })),
      ...returned.map(({ order: { id, customerNo }, part }): Line => ({ customerNo, order: id, at, amount: part, kind: 'refund', quantity: 0 })),
    ]);
    if (this.#step % 9 === 8) await this.#shop.platform.pg.query('update fact_batch set applied_at = clock_timestamp()');
    await this.#shop.round();
    const high = await this.#highOrders();
    for (const { life: { plain }, act, id, customerNo } of ordered) {
      if (this.#isPaused) continue;
      const { definition } = this.#versions.findLast(({ startsAt }) => startsAt <= this.#now) ?? this.#versions[0];
      const rules = definition === this.#club.second ? this.#club.second : this.#club.first;
      // Whose tier is not known plainly any more earns by the one that is written.
      const isHigh = plain.everMerged ? high.has(id) : plain.tiers.some((each) => each.customerNo === customerNo && each.tier !== 'silver');
      const order = plainOrder(id, { ...act, customerNo, placedAt: this.#now }, rules, isHigh);
      plain.orders.push(order);
      const { regular, bonus, byMoney, perOrder } = order;
      if (regular + bonus > 0) plain.points.do({ kind: 'earn', key: id, customerNo, amount: regular + bonus, occurredAt: this.#now, derivation: {}, ...plainValidity(order) });
      plain.grow(customerNo, { at: this.#now, amount: byMoney + perOrder, knownAt: this.#now });
      this.#count('order');
    }
    for (const { life: { plain }, order, part } of returned) {
      const { points, growth } = plainReturn(order, part);
      const { takeBack: policy } = order.rules.points;
      const { customerNo, rules: { tiers: [{ debtLimit }] } } = order;
      if (points > 0) plain.points.do({ kind: 'take_back', key: `${order.id} ${this.#step}`, of: order.id, customerNo, amount: points, policy, debtLimit, occurredAt: this.#now, derivation: {} });
      if (growth > 0) plain.grow(customerNo, { at: order.placedAt, amount: -growth, knownAt: this.#now });
      this.#count('return');
    }
  }

  async #highOrders(): Promise<Set<string>> {
    const { rows } = await this.#shop.platform.pg.query<{ id: string }>("select order_id as id from order_earning where 'high' = any(applied)");
    return new Set(rows.map(({ id }) => id));
  }

  async #command(): Promise<void> {
    const given = this.#acts('gift', 'spend', 'hold', 'commit', 'release', 'give_back').map(({ life, act }) => ({ life, command: this.#commandOf(life, act) }));
    const before = this.#acts('again').flatMap(({ life, act }) => {
      const again = life.commands[act.pick % Math.max(1, life.commands.length)];
      return again ? [{ again, isOther: act.isOther }] : [];
    });
    await Promise.all([
      ...given.map(async ({ life, command }) => {
        const done = await this.#tried(command);
        if (life.plain.points.do(command) !== (done !== null)) this.#fail(life, `${JSON.stringify(command)} was ${done ? 'accepted' : 'refused'}`);
        if (done) life.commands.push({ command, done });
        this.#count(done ? command.kind : 'refused');
      }),
      ...before.map(async ({ again: { command, done }, isOther }) => {
        const answer = await this.#tried(isOther ? { ...command, derivation: { other: true } } : command);
        if (!isDeepStrictEqual(answer, isOther ? null : { ...done, isReplay: true })) throw new Error(`${command.key} was answered ${JSON.stringify(answer)} when it was sent again`);
        this.#count(isOther ? 'same key, another command' : 'again');
      }),
    ]);
  }

  #commandOf(life: Life, act: Extract<Act, { do: 'gift' | 'spend' | 'hold' | 'commit' | 'release' | 'give_back' }>): Command {
    const earlier = 'pick' in act ? life.earlier(act.pick, ...(act.do === 'give_back' ? ['spend', 'commit'] as const : ['hold'] as const)) : undefined;
    // Sometimes by the other number, which may be the same person.
    const customerNo = earlier && act.who === 0 ? earlier.customerNo : life.plain.numbers[act.who];
    const base = { key: `command ${customerNo} ${this.#step}`, customerNo, occurredAt: this.#now, derivation: {} };
    switch (act.do) {
      case 'gift': return { ...base, kind: 'earn', amount: act.amount, availableAt: this.#now + act.waits * halfDayMs, expiresAt: this.#now + act.lasts * halfDayMs };
      case 'spend': return { ...base, kind: 'spend', amount: act.amount };
      case 'hold': return { ...base, kind: 'hold', amount: act.amount, expiresAt: this.#now + act.lasts * halfDayMs };
      // Before there is anything to end or to give back, it is done.
      case 'commit': return !earlier ? { ...base, kind: 'hold', amount: 15, expiresAt: this.#now + 60 * halfDayMs } : { ...base, kind: 'commit', holdKey: earlier.key, ...(act.amount === undefined ? {} : { amount: act.amount }) };
      case 'release': return { ...base, kind: 'release', holdKey: earlier?.key ?? 'never' };
      case 'give_back': return !earlier ? { ...base, kind: 'spend', amount: act.amount } : { ...base, kind: 'give_back', of: earlier.key, amount: act.amount, reinstatedUntil: this.#now + 14 * halfDayMs };
    }
  }

  async #tried(command: Command): Promise<Done | null> {
    try {
      return await this.#shop.ledger.execute(command);
    } catch (error) {
      if (error instanceof Problem) return null;
      throw error;
    }
  }

  async #grantTiers(): Promise<void> {
    for (const { life, act: { who, tier, lasts } } of this.#acts('grant')) {
      const [customerNo, from, until] = [life.plain.numbers[who], this.#now, lasts === null ? null : this.#now + lasts * halfDayMs];
      const { rows: [{ no }] } = await this.#shop.platform.pg.query<{ no: number }>(
        `insert into tier_grant (customer_no, tier, reason, asked_by, asked_by_no, asked_at, approved_by, approved_by_no, approved_at, starts_at, ends_at)
          values ($1, $2, 'test', 'test', 1, $3, 'other', 2, $3, $3, $4) returning grant_no as no`, [customerNo, tier, new Date(from), until && new Date(until)]);
      await this.#shop.platform.pg.query('update member set due_at = least(due_at, $2) where customer_no = any($1::int[])', [life.plain.numbers, new Date(from)]);
      life.plain.grant(customerNo, { grantNo: no, tier, from, until });
      this.#count('grant');
    }
  }

  async #compare(): Promise<void> {
    const found = await this.standings();
    for (const life of this.lives) {
      const { plain } = life;
      for (const customerNo of plain.numbers) {
        const { tier: _, ...balance } = found.get(customerNo) as Standing;
        const expected = { customerNo, ...plain.points.balance(customerNo) };
        if (!isDeepStrictEqual(balance, expected)) this.#fail(life, `has ${JSON.stringify(balance)} and should have ${JSON.stringify(expected)}`);
      }
      if (!plain.knowsTier) continue;
      for (const { customerNo, tier } of plain.tiers) {
        if (found.get(customerNo)?.tier !== tier) this.#fail(life, `number ${customerNo} is ${found.get(customerNo)?.tier} and should be ${tier}`);
        this.#count(plain.lineage ? `${tier}, of two` : tier);
      }
    }
  }

  /** What the database says of everybody at the moment. */
  async standings(): Promise<Map<number, Standing>> {
    const { rows } = await this.#shop.platform.pg.query<Standing>(
      `with lots as (select customer_no, coalesce(sum(remaining) filter (where available_at <= $1 and (expires_at is null or expires_at > $1)), 0) as available,
            coalesce(sum(remaining) filter (where available_at > $1), 0) as pending from points_lot group by 1),
          holds as (select customer_no, sum((part ->> 'amount')::int) as held from points_hold, jsonb_array_elements(parts) part where state = 'open' group by 1),
          debts as (select customer_no, sum(remaining) as debt from points_debt group by 1)
        select customer_no as "customerNo", tier, coalesce(available, 0)::int as available, coalesce(pending, 0)::int as pending, coalesce(held, 0)::int as held, coalesce(debt, 0)::int as debt
        from member left join lots using (customer_no) left join holds using (customer_no) left join debts using (customer_no) order by 1`, [new Date(this.#now)]);
    return new Map(rows.map((row) => [row.customerNo, row]));
  }

  #fail(life: Life, what: string): never {
    const { first, second, secondFrom, pause } = this.#club;
    const told = { story: life.plain.story, acts: life.acts.slice(0, this.#step + 1), orders: life.plain.orders.map(({ rules: _, ...order }) => order), secondFrom, pause, first, second };
    throw new Error(`${life.plain.numbers.join(' and ')} on step ${this.#step}, ${new Date(this.#now).toISOString()}: ${what}\n${JSON.stringify(told)}`);
  }
}
