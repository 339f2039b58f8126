import type { IdentityClaim } from '../../../customers/public.ts';
import type { TrackedEvent } from './decode.ts';
import { text } from './decode.ts';

type Identifiers = { kind: 'external_id' | 'device' | 'phone' | 'email' | 'unionid' | 'openid' | 'member_no'; namespace: string; value: string }[];

/** What the events say about who is who, in their order, and for each event the claim that names its person. */
export interface Claims {
  claims: IdentityClaim[];
  /** By event: an index into `claims`. */
  claimOf: number[];
}

/** Gathers the identity claims of a batch; events that say the same of the same person share one. */
export function gatherClaims(events: TrackedEvent[]): Claims {
  const claims: { identifiers: Identifiers; at: Date; channel?: string }[] = [];
  const known = new Map<string, number>();
  const claimOf = events.map((event) => {
    const key = personKey(event);
    let index = known.get(key);
    if (index === undefined) {
      index = claims.length;
      known.set(key, index);
      claims.push({ identifiers: identifiersOf(event), at: new Date(event.occurredAtMs), channel: channelOf(event) || undefined });
    } else if (event.occurredAtMs < claims[index].at.getTime()) claims[index].at = new Date(event.occurredAtMs);
    return index;
  });
  return { claims, claimOf };
}

/** Equal for events that say the same about who somebody is. Only some calls say more than two ids. */
function personKey(event: TrackedEvent): string {
  const ids = `${event.userId}\0${event.anonymousId}`;
  if (event.type !== 'alias' && event.type !== 'identify') return ids;
  return `${ids}\0${JSON.stringify(identifiersOf(event))}`;
}

function identifiersOf(event: TrackedEvent): Identifiers {
  const { userId, anonymousId, traits } = event;
  const said: Identifiers = [];
  if (userId) said.push({ kind: 'external_id', namespace: '', value: userId });
  if (anonymousId) said.push({ kind: 'device', namespace: '', value: anonymousId });
  if (event.type === 'alias' && event.previousId) said.push({ kind: 'device', namespace: '', value: event.previousId });
  if (event.type === 'identify') {
    const unionid = text(traits.unionid ?? traits.unionId);
    const openid = text(traits.openid ?? traits.openId);
    const memberNo = text(traits.member_no ?? traits.memberNo);
    if (unionid) said.push({ kind: 'unionid', namespace: '', value: unionid });
    if (openid) said.push({ kind: 'openid', namespace: text(traits.appid ?? traits.appId), value: openid });
    if (memberNo) said.push({ kind: 'member_no', namespace: '', value: memberNo });
  }
  return said;
}

/** Where the person was: the source of the campaign, or the channel the client names. */
export function channelOf({ context, properties, type }: TrackedEvent): string {
  const { campaign } = context as { campaign?: { source?: unknown } | null };
  const affiliation = type === 'track' ? text(properties.affiliation) : '';
  return (affiliation || text(campaign?.source) || text(context.channel)).slice(0, 100);
}
