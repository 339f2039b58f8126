import { zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { consentsOf, withoutConsents } from './consent-events.ts';
import { createRequestSeal } from '../api/request-seal.ts';
import { decodeRow as decode, eventIdOf } from './decode.ts';
import { channelOf, gatherClaims } from './identity-claims.ts';
import type { IntakeRow } from './intake-rows.ts';
import { isPassing } from './passing-error.ts';
import { Problem } from '../../../../kernel/problem.ts';

const seal = createRequestSeal('a secret of one deployment, long enough');
const receivedAt = new Date('2026-06-18T12:00:00Z');
const row = (value: unknown, callType: string | null = null): IntakeRow =>
  ({ seq: 7, receivedAt, writeKeyId: 1, callType, eventCount: 1, body: seal.seal(zstdCompressSync(JSON.stringify(value))) });
const decodeRow = (row: IntakeRow) => decode(row, seal);
const read = (...events: object[]) => decodeRow(row({ batch: events })).events;

describe('reading a request back', () => {
  it('takes the type from the event, or from the address a single call was sent to', () => {
    expect(decodeRow(row({ userId: 'u', name: 'Home' }, 'page')).events).toMatchObject([{ type: 'page', name: 'Home', userId: 'u' }]);
    expect(read({ type: 'track', event: 'E', userId: 42 }, { type: 'identify', anonymousId: ' a ' })).toMatchObject([
      { type: 'track', name: 'E', userId: '42' }, { type: 'identify', name: 'identify', anonymousId: 'a' },
    ]);
  });

  it('gives equal ids to equal message ids, and ids of their own to those without, the same when read again', () => {
    const events = { batch: [{ type: 'track', event: 'E', userId: 'u', messageId: 'm' }, { type: 'track', event: 'E', userId: 'u' }, { type: 'track', event: 'E', userId: 'u', messageId: '' }] };
    const ids = decodeRow(row(events)).events.map((event) => event.eventId);
    expect(ids[0]).toBe(eventIdOf('m'));
    expect(new Set(ids).size).toBe(3);
    expect(decodeRow(row(events)).events.map((event) => event.eventId)).toEqual(ids);
    expect(ids.every((id) => /^[0-9a-f]{32}$/.test(id))).toBe(true);
  });

  it('lets the context of the batch stand where the event has none of its own', () => {
    const { events } = decodeRow(row({ context: { channel: 'server', campaign: { source: 'sms' } }, batch: [
      { type: 'track', event: 'E', userId: 'u' }, { type: 'track', event: 'E', userId: 'u', context: { campaign: { source: 'xhs' } } },
    ] }));
    expect(events.map(channelOf)).toEqual(['sms', 'xhs']);
  });

  it('parts what is none from what is one', () => {
    const { events, unreadable } = decodeRow(row({ batch: [{ type: 'track', event: 'E', userId: 'u' }, 'text', { type: 'track', event: 'E' }] }));
    expect(events).toHaveLength(1);
    expect(unreadable.map(({ refusal }) => refusal.reason)).toEqual(['not_an_object', 'nobody']);
    expect(decodeRow({ ...row({}), body: Buffer.from('no zstd') }).unreadable).toMatchObject([{ refusal: { reason: 'not_an_object' } }]);
  });
});

describe('who is meant', () => {
  it('is claimed once a person, at the earliest moment, in the order of the events', () => {
    const at = (minute: number) => ({ timestamp: new Date(receivedAt.getTime() - minute * 60_000).toISOString() });
    const { claims, claimOf } = gatherClaims(read(
      { type: 'track', event: 'E', anonymousId: 'd', ...at(5) },
      { type: 'track', event: 'E', anonymousId: 'd', ...at(9) },
      { type: 'identify', userId: 'u', anonymousId: 'd', traits: { unionid: 'w', openid: 'o', appid: 'app', member_no: 8 }, ...at(3) },
      { type: 'alias', userId: 'u', previousId: 'old', ...at(2) },
      { type: 'track', event: 'E', userId: 'u', anonymousId: 'd', ...at(1) },
    ));
    expect(claimOf).toEqual([0, 0, 1, 2, 3]);
    expect(claims[0].at).toEqual(new Date(receivedAt.getTime() - 9 * 60_000));
    expect(claims.map(({ identifiers }) => identifiers.map((i) => `${i.kind}:${i.namespace}:${i.value}`))).toEqual([
      ['device::d'],
      ['external_id::u', 'device::d', 'unionid::w', 'openid:app:o', 'member_no::8'],
      ['external_id::u', 'device::old'],
      ['external_id::u', 'device::d'],
    ]);
  });
});

describe('consent', () => {
  it('is read from its events, from lists and from switches; what is incomplete says nothing', () => {
    const said = read(
      { type: 'track', event: 'Consent Granted', userId: 'u', properties: { channel: 'sms', purpose: 'marketing', text_version: 'v3', source: '结算页' } },
      { type: 'track', event: 'Consent Withdrawn', userId: 'u', properties: { channel: 'email' } },
      { type: 'track', event: 'Consent Granted', userId: 'u', properties: { channel: 'pigeon' } },
      { type: 'identify', userId: 'u', traits: { consents: [{ channel: 'push', purpose: 'service', granted: true }, { channel: 'push', granted: 'yes' }, 5], wechatOptIn: false, sms_opt_in: 'maybe' } },
      { type: 'track', event: 'Other', userId: 'u', properties: { channel: 'sms', granted: true } },
    ).flatMap((event) => consentsOf(event, 3));
    expect(said.map(({ channel, purpose, granted, textVersion, source }) => [channel, purpose, granted, textVersion, source])).toEqual([
      ['sms', 'marketing', true, 'v3', '结算页'],
      ['email', 'marketing', false, undefined, 'tracker'],
      ['push', 'service', true, undefined, 'tracker'],
      ['wechat', 'marketing', false, undefined, 'tracker'],
    ]);
    expect(said.every((each) => each.customerNo === 3)).toBe(true);
  });

  it('is no attribute', () => {
    expect(withoutConsents({ consents: [], sms_opt_in: true, emailOptIn: false, level: 3 })).toEqual({ level: 3 });
  });
});

describe('a failure', () => {
  it.each([
    [{ code: '40P01' }, true], [{ code: '53100' }, true], [{ code: '57P01' }, true], [{ code: '08006' }, true], [{ code: 'ECONNREFUSED' }, true], [{ code: 'ENOSPC' }, true],
    [new Error('Connection terminated unexpectedly'), true], [new Problem('collect.fact_writer_replaced', { status: 503 }), true], [new Problem('platform.disk_full', { status: 507 }), true],
    [{ code: '22P05' }, false], [{ code: '23505' }, false], [{ code: 'P0001' }, false], [new TypeError('x is not a function'), false], [new Problem('platform.bad_request', { status: 400 }), false],
  ])('%o passes by itself: %s', (error, passes) => {
    expect(isPassing(error)).toBe(passes);
  });
});
