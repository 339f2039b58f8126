import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Amounts, type BudgetCommand, decide, held, type LineState } from './decide.ts';

const line = (cap: bigint, overCap: LineState['overCap'] = 'stop', of: Partial<Amounts> = {}): LineState => ({ cap, overCap, reserved: 0n, committed: 0n, spent: 0n, ...of });
const none: Amounts = { reserved: 0n, committed: 0n, spent: 0n };
const add = <T extends Amounts>(to: T, by: Amounts): T => ({ ...to, reserved: to.reserved + by.reserved, committed: to.committed + by.committed, spent: to.spent + by.spent });

describe('case 49: money of a line', () => {
  it('lapses out of what was committed alone, and returns to it from what was spent', () => {
    const claim = { reserved: 50n, committed: 30n, spent: 20n };
    const full = line(100n, 'stop', claim);
    expect(decide(full, claim, { kind: 'lapse', amount: 30n })).toEqual({ change: { reserved: 0n, committed: -30n, spent: 0n }, isOver: false });
    expect(decide(full, claim, { kind: 'return', amount: 20n })).toEqual({ change: { reserved: 0n, committed: 20n, spent: -20n }, isOver: false });
    for (const [kind, amount] of [['lapse', 31n], ['return', 21n]] as const) expect(decide(full, claim, { kind, amount })).toEqual({ refused: 'more_than_held', free: 0n });
  });

  it('is reserved, committed out of the reservation, spent out of the commitment, and released at the end', () => {
    let [all, mine] = [line(1_000n), none];
    const steps: [BudgetCommand, Amounts][] = [
      [{ kind: 'reserve', amount: 800n }, { reserved: 800n, committed: 0n, spent: 0n }],
      [{ kind: 'commit', amount: 300n }, { reserved: 500n, committed: 300n, spent: 0n }],
      [{ kind: 'spend', amount: 250n }, { reserved: 500n, committed: 50n, spent: 250n }],
      // More than was committed: the rest comes out of what the program reserved.
      [{ kind: 'spend', amount: 100n }, { reserved: 450n, committed: 0n, spent: 350n }],
      [{ kind: 'release', amount: null }, { reserved: 0n, committed: 0n, spent: 350n }],
    ];
    for (const [command, after] of steps) {
      const decided = decide(all, mine, command);
      if ('refused' in decided) throw new Error(decided.refused);
      [all, mine] = [add(all, decided.change), add(mine, decided.change)];
      expect(mine).toEqual(after);
    }
    expect(held(all)).toBe(350n);
  });

  it('is refused beyond the cap where the line stops, and let through and told where it does not', () => {
    const used = { reserved: 0n, committed: 0n, spent: 900n };
    expect(decide(line(1_000n, 'stop', used), none, { kind: 'reserve', amount: 101n })).toEqual({ refused: 'over_cap', free: 100n });
    expect(decide(line(1_000n, 'stop', used), none, { kind: 'reserve', amount: 100n })).toMatchObject({ isOver: false });
    for (const overCap of ['warn', 'ignore'] as const) expect(decide(line(1_000n, overCap, used), none, { kind: 'spend', amount: 101n })).toMatchObject({ isOver: true, change: { spent: 101n } });
  });

  it('is refused where it is more than can be written down, also of a line that lets everything through', () => {
    const most = 10n ** 18n - 1n;
    const open = line(most, 'ignore', { spent: most - 5n });
    expect(decide(open, none, { kind: 'spend', amount: 6n, isOwed: true })).toMatchObject({ refused: 'too_large' });
    expect(decide(open, none, { kind: 'spend', amount: 5n })).toMatchObject({ change: { spent: 5n } });
  });

  it('of another program is not touched', () => {
    const reserved = line(1_000n, 'stop', { reserved: 900n });
    expect(decide(reserved, none, { kind: 'commit', amount: 200n })).toEqual({ refused: 'over_cap', free: 100n });
    expect(decide(reserved, none, { kind: 'release', amount: 1n })).toEqual({ refused: 'more_than_held', free: 100n });
  });

  it('that is nothing, or less, is refused', () => {
    for (const kind of ['reserve', 'commit', 'spend', 'release', 'lapse', 'return'] as const) {
      for (const amount of [0n, -5n]) expect(decide(line(1_000n), none, { kind, amount })).toMatchObject({ refused: 'not_positive' });
    }
  });
});

it('case 50: a cap that comes later counts all that was before it', () => {
  const before = line(10_000n, 'ignore', { spent: 4_000n, committed: 500n });
  expect(decide({ ...before, cap: 5_000n, overCap: 'stop' }, none, { kind: 'reserve', amount: 501n })).toEqual({ refused: 'over_cap', free: 500n });
});

const command: fc.Arbitrary<{ program: number; command: BudgetCommand }> = fc.record({
  program: fc.integer({ min: 0, max: 2 }),
  command: fc.oneof(
    fc.record({ kind: fc.constantFrom('reserve' as const, 'commit' as const, 'spend' as const, 'lapse' as const, 'return' as const), amount: fc.bigInt({ min: 1n, max: 400n }) }),
    fc.record({ kind: fc.constant('release' as const), amount: fc.option(fc.bigInt({ min: 1n, max: 400n })) })),
});

it('never holds more than the cap, whatever programs do and in whatever order, and is the sum of their claims', () => {
  fc.assert(fc.property(fc.bigInt({ min: 0n, max: 1_500n }), fc.array(command, { maxLength: 40 }), (cap, commands) => {
    let all = line(cap);
    const claims = [none, none, none];
    for (const { program, command: asked } of commands) {
      const decided = decide(all, claims[program], asked);
      if ('refused' in decided) {
        if (decided.refused === 'over_cap' && asked.amount !== null) expect(asked.amount).toBeGreaterThan(decided.free);
        continue;
      }
      all = add(all, decided.change);
      claims[program] = add(claims[program], decided.change);
      expect(held(all)).toBeLessThanOrEqual(cap);
      for (const key of ['reserved', 'committed', 'spent'] as const) {
        expect(claims[program][key]).toBeGreaterThanOrEqual(0n);
        expect(claims.reduce((sum, claim) => sum + claim[key], 0n)).toBe(all[key]);
      }
    }
  }), { numRuns: 500 });
});
