import { newSigningSecret, signedHeaders } from '../../../../platform/outbound/signature.ts';
import type { Parcel } from '../../part.ts';
import { codeOf, type Provider } from './adapter.ts';
import { sentByStatus } from './http.ts';

/** Messages as JSON to an address of one's own, signed by the Standard Webhooks specification; a repeat has the same id. */
export const webhook: Provider = {
  key: 'webhook',
  keepsRepeatsAway: true,
  keyFor: { who: 'receiver', of: ({ signingSecret }) => signingSecret },
  madeSecrets: () => ({ signingSecret: newSigningSecret() }),
  open: ({ outbound, clock, values: { url, signingSecret } }) => ({
    async send(parcel, go) {
      const body = Buffer.from(JSON.stringify(bodyOf(parcel)));
      await go();
      const headers = { 'content-type': 'application/json', 'user-agent': 'Perennial', ...signedHeaders(signingSecret, parcel.key, body, clock.now()) };
      const reply = await outbound.send({ method: 'POST', url, headers, body });
      if (reply.status >= 200 && reply.status < 300) return { outcome: 'taken', providerId: parcel.key };
      return sentByStatus(reply, clock) ?? { outcome: 'refused', code: codeOf(reply.status) };
    },
    show: async (parcel) => `POST ${url}\n\n${JSON.stringify(bodyOf(parcel), null, 2)}`,
    close: () => {},
  }),
};

const bodyOf = ({ key, to, locale, purpose, message }: Parcel) => ({ type: 'message', id: key, to, locale, purpose, ...message });
