import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkEvent } from './check-event.ts';
import { occurredAt, readTime } from './event-time.ts';
import { sliceEvents } from './slice-events.ts';
import { trackingCall } from './tracking-call.ts';

const now = Date.UTC(2026, 5, 18, 12);
const good = { type: 'track', event: 'Product Viewed', userId: 'u1', messageId: 'm1', properties: { a: [1, { b: null }] } };
const reasonOf = (event: unknown) => checkEvent(event, undefined, undefined, now)?.reason ?? null;
const nested = (depth: number): unknown => JSON.parse('{"a":'.repeat(depth) + '1' + '}'.repeat(depth));

describe('an event at the door', () => {
  it('is taken when the store can hold it', () => {
    expect(reasonOf(good)).toBeNull();
    expect(reasonOf({ ...good, messageId: undefined })).toBeNull();
    expect(reasonOf({ ...good, userId: 42 })).toBeNull();
    expect(checkEvent({ anonymousId: 'a' }, 'page', undefined, now)).toBeNull();
  });

  it.each([
    ['not_an_object', [1]],
    ['not_an_object', 'text'],
    ['unknown_type', { ...good, type: 'purchase' }],
    ['nobody', { ...good, userId: '' }],
    ['id_not_usable', { ...good, userId: { $ne: 1 } }],
    ['id_not_usable', { ...good, messageId: 'x'.repeat(300) }],
    ['no_event_name', { ...good, event: undefined }],
    ['no_event_name', { ...good, event: 'x'.repeat(300) }],
    ['no_previous_id', { type: 'alias', userId: 'u' }],
    ['no_group_id', { type: 'group', userId: 'u' }],
    ['not_an_object_inside', { ...good, properties: [1] }],
    ['not_a_time', { ...good, timestamp: 'yesterday' }],
    ['not_a_time', { ...good, timestamp: '2026-13-45' }],
    ['not_a_time', { ...good, timestamp: 1_700_000_000 }],
    ['from_the_future', { ...good, timestamp: '9999-01-01T00:00:00Z' }],
    ['too_long_ago', { ...good, timestamp: '1066-10-14' }],
    ['too_large', { ...good, properties: { a: 'x'.repeat(40_000) } }],
    ['too_large', { ...good, properties: { a: Array.from({ length: 20_000 }, () => 1) } }],
    ['too_deep', { ...good, properties: nested(20_000) }],
    ['too_many_keys', { ...good, properties: Object.fromEntries(Array.from({ length: 2_000 }, (_, i) => [`k${i}`, 1])) }],
    ['nul_character', { ...good, properties: { a: 'a\0b' } }],
    ['nul_character', { ...good, properties: { 'a\0b': 1 } }],
    ['broken_character', { ...good, properties: { a: ['\ud800'] } }],
    ['forbidden_key', JSON.parse('{"type":"track","event":"e","userId":"u","properties":{"x":{"__proto__":{"admin":true}}}}')],
  ])('is set aside as %s', (reason, event) => {
    expect(reasonOf(event)).toBe(reason);
  });

  it('says where in the event the fault is, and not what it is', () => {
    const event = { ...good, properties: { products: [{ name: 'ok' }, { name: 'a\0b' }] } };
    expect(checkEvent(event, undefined, undefined, now)).toEqual({ reason: 'nul_character', path: 'properties.products.1.name' });
  });

  it('is judged as the described shape says', () => {
    const id = fc.oneof(fc.string(), fc.integer(), fc.constant(undefined), fc.constant(null), fc.constant('x'.repeat(201)), fc.object());
    const bag = fc.oneof(fc.constant(undefined), fc.constant(null), fc.constant([]), fc.constant('text'), fc.constant({ a: 1 }));
    const name = fc.oneof(fc.string(), fc.constant(undefined), fc.constant(null), fc.integer(), fc.constant('x'.repeat(201)));
    const event = fc.record({
      type: fc.oneof(fc.constantFrom('identify', 'track', 'page', 'screen', 'group', 'alias', 'other'), fc.anything()),
      messageId: id, userId: id, anonymousId: id, previousId: id, groupId: id,
      event: name, name, properties: bag, traits: bag, context: bag,
    }, { requiredKeys: [] });
    fc.assert(fc.property(event, (given) => {
      const described = trackingCall.safeParse(given).success;
      const refusal = reasonOf(given);
      const ofContent = ['nul_character', 'broken_character', 'forbidden_key'].includes(String(refusal));
      expect(refusal === null || ofContent).toBe(described);
    }), { numRuns: 2_000 });
  });
});

describe('the time of an event', () => {
  it('is corrected by how far the clock of the client is off', () => {
    const hour = 3_600_000;
    expect(occurredAt(now - 3 * hour, now - 2 * hour, now)).toBe(now - hour);
    expect(occurredAt(now - hour, undefined, now)).toBe(now - hour);
    expect(occurredAt(undefined, now, now)).toBe(now);
  });

  it('is read the same whatever the time zone of the machine', () => {
    expect(readTime('2026-06-18')).toBe(Date.UTC(2026, 5, 18));
    expect(readTime('2026-06-18 08:30')).toBe(Date.UTC(2026, 5, 18, 8, 30));
    expect(readTime('2026-06-18T08:30:00.5')).toBe(Date.UTC(2026, 5, 18, 8, 30, 0, 500));
    expect(readTime('2026-06-18T08:30:00+08:00')).toBe(Date.UTC(2026, 5, 18, 0, 30));
    expect(readTime('18/06/2026')).toBeNaN();
  });
});

describe('slicing a body into its events', () => {
  it('gives back the text of each event of any batch', () => {
    const body = fc.record({ sentAt: fc.string(), other: fc.jsonValue(), batch: fc.array(fc.jsonValue()), after: fc.jsonValue() });
    fc.assert(fc.property(body, fc.constantFrom(undefined, 2), (given, indent) => {
      const slices = sliceEvents(JSON.stringify(given, null, indent));
      expect(slices.map((slice) => JSON.parse(slice))).toEqual(JSON.parse(JSON.stringify(given.batch)));
    }), { numRuns: 1_000 });
  });
});
