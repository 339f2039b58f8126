import { describe, expect, it } from 'vitest';
import type { DemoIdentifier } from './records.ts';
import { duplicateShare, personOf } from './people.ts';
import { regions } from './regions.ts';
import { worldOf } from './world.ts';

const world = worldOf(5, Date.UTC(2026, 10, 23, 7));
const people = Array.from({ length: 6_000 }, (_, index) => personOf(world, index));
const customers = people.map(({ customer }) => customer);

const share = (holds: (customer: (typeof customers)[number]) => boolean) =>
  customers.filter(holds).length / customers.length;
const has = (kind: DemoIdentifier['kind']) => (customer: (typeof customers)[number]) =>
  customer.identifiers.some((identifier) => identifier.kind === kind);

describe('people', () => {
  it('are seen first, then sign up, then perhaps join, all within the history', () => {
    const inOrder = customers.filter(({ firstSeenAtMs, registeredAtMs, memberSinceMs }) => {
      const joinedAtMs = memberSinceMs ?? registeredAtMs;
      const steps = [world.startMs, firstSeenAtMs, registeredAtMs, joinedAtMs, world.endMs - 1];
      return steps.every((step, at) => at === 0 || steps[at - 1] <= step);
    });
    expect(inOrder).toHaveLength(customers.length);
  });

  it('come in growing numbers', () => {
    const late = share(({ firstSeenAtMs }) => world.partOf(firstSeenAtMs) > 0.5);
    expect(late).toBeGreaterThan(0.53);
    expect(late).toBeLessThan(0.66);
  });

  it('have no identifier in common, not even two accounts of one person', () => {
    const all = customers.flatMap(({ identifiers }) =>
      identifiers.map(({ kind, namespace, value }) => `${kind}:${namespace}:${value}`),
    );
    expect(new Set(all).size).toBe(all.length);
  });

  it('have phones of the right form that nobody has, and mail that goes nowhere', () => {
    const forms: Partial<Record<DemoIdentifier['kind'], RegExp>> = {
      phone: /^1[59]4\d{8}$/,
      email: /^[a-z]+\.[0-9a-z]+@example\.(com|net|org)$/,
      device: /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      member_no: /^88\d{8}$/,
    };
    const misshapen = customers
      .flatMap(({ identifiers }) => identifiers)
      .filter(({ kind, value }) => forms[kind]?.test(value) === false);
    expect(misshapen).toEqual([]);
  });

  it('are known in part: some have no phone, no birthday, no gender, no membership', () => {
    expect(share(has('phone'))).toBeCloseTo(0.91, 1);
    expect(share(has('member_no'))).toBeCloseTo(0.55, 1);
    expect(share(({ memberSinceMs }) => memberSinceMs !== null)).toBe(share(has('member_no')));
    expect(share(({ birthday }) => birthday === null)).toBeCloseTo(0.28, 1);
    expect(share(({ gender }) => gender === null)).toBeGreaterThan(0.04);
  });

  it('are grown up, and live in a city of their province', () => {
    const cities = new Map(regions.map(([province, , names]) => [province, names]));
    const strays = customers.filter(({ province, city }) => !cities.get(province)!.includes(city));
    const birthdays = customers.flatMap(({ birthday }) => birthday ?? []).toSorted();
    expect(strays).toEqual([]);
    expect(birthdays[0] > '1953').toBe(true);
    expect(birthdays.at(-1)! < '2008-11-24').toBe(true);
  });

  it('are the same person under two accounts now and then', () => {
    const doubles = customers.filter(({ duplicateOf }) => duplicateOf !== null);
    expect(doubles.length / customers.length).toBeCloseTo(duplicateShare, 2);
    for (const double of doubles) {
      const { name, gender, birthday, city, duplicateOf } = customers[double.duplicateOf!];
      expect(duplicateOf).toBeNull();
      expect({ name, gender, birthday, city }).toEqual({
        name: double.name,
        gender: double.gender,
        birthday: double.birthday,
        city: double.city,
      });
    }
  });

  it('are attributed to a campaign mostly while one runs', () => {
    const ofSale = customers.filter(({ firstSeenAtMs }) => world.seasonOf(firstSeenAtMs).promotion);
    const attributed = ofSale.filter(({ campaign }) => campaign?.endsWith('拉新'));
    expect(attributed.length / ofSale.length).toBeCloseTo(0.55, 1);
  });
});
