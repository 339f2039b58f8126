import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../kernel/seeded-random.ts';
import { learn, type Sample } from './learn.ts';
import { likenessAt, likenessOf, rankPeople, reachAt } from './rank.ts';

const goOn = async (): Promise<void> => {};

/** Members have more of the first feature, others of the second; the third says nothing, the fourth is of nobody, the fifth the same of all. */
function people(count: number, seed: number): Sample {
  const random = seededRandom(seed);
  const sample: Sample = { width: 5, values: new Float32Array(count * 5), isMember: new Uint8Array(count), isHeldOut: new Uint8Array(count) };
  for (let row = 0; row < count; row++) {
    sample.isMember[row] = random() < 0.5 ? 1 : 0;
    sample.isHeldOut[row] = random() < 0.3 ? 1 : 0;
    const isMember = sample.isMember[row] === 1;
    const first = random() < 0.1 ? Number.NaN : random() + (isMember ? 0.5 : 0);
    sample.values.set([first, 10 * (random() + (isMember ? 0 : 0.3)), random(), Number.NaN, 7], row * 5);
  }
  return sample;
}

describe('what is learnt of members and others', () => {
  it('weighs what tells them apart, each in its direction, and leaves out what is the same of all', async () => {
    const { features, auc, error, lift, heldOut, weighings } = await learn(people(6_000, 1), { members: 1_000, others: 99_000 }, goOn);
    expect([...features.keys()]).toEqual([0, 1, 2]);
    expect(features.get(0)?.weight).toBeGreaterThan(1);
    expect(features.get(1)?.weight).toBeLessThan(-0.5);
    expect(Math.abs(features.get(2)?.weight ?? 9)).toBeLessThan(0.2);
    expect(features.get(0)?.members).toBeCloseTo(1, 1);
    expect(features.get(0)?.others).toBeCloseTo(0.5, 1);
    expect(features.get(2)?.alone).toBeLessThan(0.55);
    expect(auc).toBeGreaterThan(Math.max(features.get(0)?.alone ?? 1, features.get(1)?.alone ?? 1));
    expect(auc + 3 * error).toBeLessThan(1);
    expect(lift[0]).toBeGreaterThan(3);
    expect(lift.reduce((sum, one) => sum + one, 0)).toBeCloseTo(10, 6);
    expect(heldOut.members + heldOut.others).toBeGreaterThan(1_600);
    expect(weighings.get(0)?.mean).toBeCloseTo(0.75, 1);
  });

  it('tells chances among all people, however many members are in the sample', async () => {
    const sample = people(20_000, 2);
    const { start, weighings } = await learn(sample, { members: 500, others: 9_500 }, goOn);
    let expected = 0;
    let weight = 0;
    for (let row = 0; row < sample.isMember.length; row++) {
      const odds = [...weighings].reduce((sum, [feature, { weight: by, mean }]) => sum + by * (Number.isNaN(sample.values[row * 5 + feature]) ? mean : sample.values[row * 5 + feature]), start);
      // Of ten thousand people, so many are like this one.
      const standsFor = sample.isMember[row] === 1 ? 500 : 9_500;
      expected += standsFor / (1 + Math.exp(-odds));
      weight += standsFor;
    }
    expect(expected / weight).toBeCloseTo(0.05, 2);
  });

  it('does not see who is held out: what they are changes the quality and not the model', async () => {
    const sample = people(2_000, 3);
    const other = { ...sample, values: sample.values.map((value, at) => (sample.isHeldOut[Math.floor(at / 5)] === 1 ? -value : value)) };
    const [a, b] = [await learn(sample, { members: 1, others: 1 }, goOn), await learn(other, { members: 1, others: 1 }, goOn)];
    expect(b.weighings).toEqual(a.weighings);
    expect(b.auc).toBeLessThan(0.5);
  });
});

describe('people in the order of their likeness', () => {
  const scored = fc.array(fc.integer({ min: -20, max: 20 }).map((n) => n / 4), { minLength: 1, maxLength: 300 });

  it('are ranked by their scores, each once, as many as are wanted', async () => {
    await fc.assert(fc.asyncProperty(scored, fc.integer({ min: 1, max: 400 }), async (given, most) => {
      const scores = Float32Array.from([0, ...given]);
      const everybody = Uint32Array.from(given, (_, i) => i + 1);
      const { best, levels } = await rankPeople(everybody, scores, most, goOn);
      expect(best).toHaveLength(Math.min(most, given.length));
      expect(new Set(best).size).toBe(best.length);
      expect(Array.from(best, (no) => scores[no])).toEqual([...given].sort((a, b) => b - a).slice(0, best.length));
      expect(levels.counts.reduce((sum, count) => sum + count, 0)).toBe(given.length);
      expect((await rankPeople(everybody, scores, most, goOn)).best).toEqual(best);
    }));
  });

  it('who are alike do not follow by how long they have been known', async () => {
    const { best } = await rankPeople(Uint32Array.from({ length: 1_000 }, (_, i) => i + 1), new Float32Array(1_001), 100, goOn);
    expect(best.reduce((sum, no) => sum + no, 0) / 100).toBeGreaterThan(350);
    expect(best.reduce((sum, no) => sum + no, 0) / 100).toBeLessThan(650);
  });

  it('are as many as have the likeness asked for, and as like as their last', async () => {
    await fc.assert(fc.asyncProperty(scored, fc.integer({ min: 1, max: 300 }), fc.constantFrom(0.01, 0.2, 0.5), async (given, wanted, share) => {
      const { levels } = await rankPeople(Uint32Array.from(given, (_, i) => i + 1), Float32Array.from([0, ...given]), 300, goOn);
      const sorted = [...given].sort((a, b) => b - a);
      const reach = Math.min(wanted, given.length);
      const [likeness] = likenessAt(levels, [reach], share);
      expect(likeness).toBeCloseTo(likenessOf(sorted[reach - 1], share), 2);
      // Between two scores, so that the width of a level does not matter.
      const limit = likenessOf(sorted[reach - 1] - 0.1, share);
      expect(reachAt(levels, limit, share)).toBe(given.filter((score) => likenessOf(score, share) >= limit).length);
    }));
  });
});
