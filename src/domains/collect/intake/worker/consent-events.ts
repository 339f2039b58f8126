import { consentChannel, consentPurpose } from '../../../customers/contract.ts';
import type { SaidConsent } from '../../../customers/public.ts';
import type { Bag } from '../events/tracking-call.ts';
import { text, type TrackedEvent } from './decode.ts';

/** Events by which a person agrees or takes it back, with `channel` and `purpose` in their properties. */
const granting: Record<string, boolean | undefined> = { 'Consent Granted': true, 'Consent Withdrawn': false };
const optIn = /^(sms|email|wechat|phone|push)_?opt_?in$/i;

/**
 * What an event says about consent: the two events above, an identify call with the trait `consents` (a list of
 * `{channel, purpose, granted, textVersion}`), or traits such as `sms_opt_in: false`, which mean marketing.
 */
export function consentsOf(event: TrackedEvent, customerNo: number): SaidConsent[] {
  const granted = event.type === 'track' ? granting[event.name] : undefined;
  if (granted !== undefined) return statement(event, customerNo, { ...event.properties, granted });
  if (event.type !== 'identify') return [];
  const list = Array.isArray(event.traits.consents) ? event.traits.consents as unknown[] : [];
  const listed = list.flatMap((each) => (typeof each === 'object' && each !== null ? statement(event, customerNo, each as Bag) : []));
  const switched = Object.entries(event.traits).flatMap(([key, value]) => {
    const channel = optIn.exec(key)?.[1].toLowerCase();
    return channel && typeof value === 'boolean' ? statement(event, customerNo, { channel, purpose: 'marketing', granted: value }) : [];
  });
  return [...listed, ...switched];
}

function statement(event: TrackedEvent, customerNo: number, said: Bag): SaidConsent[] {
  const channel = consentChannel.safeParse(said.channel);
  const purpose = consentPurpose.safeParse(said.purpose ?? 'marketing');
  if (!channel.success || !purpose.success || typeof said.granted !== 'boolean') return [];
  return [{
    customerNo,
    channel: channel.data,
    purpose: purpose.data,
    granted: said.granted,
    at: new Date(event.occurredAtMs),
    source: (text(said.source) || 'tracker').slice(0, 100),
    evidence: { eventId: event.eventId },
    textVersion: (text(said.textVersion ?? said.text_version) || undefined)?.slice(0, 100),
    actor: 'tracker',
  }];
}

/** Traits without those that are statements of consent, which are not attributes. */
export const withoutConsents = (traits: Bag): Bag =>
  Object.fromEntries(Object.entries(traits).filter(([key]) => key !== 'consents' && !optIn.test(key)));
