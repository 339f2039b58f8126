import { signAws } from '../../../../platform/outbound/sign-aws.ts';
import type { Parcel } from '../../part.ts';
import { type AdapterDoors, codeOf, type Provider } from './adapter.ts';
import { jsonOf, sentByStatus } from './http.ts';
import { mimeOf, shownMail } from './mime.ts';

/** Codes by which SES speaks of the account: it may not send now, or not so quickly. */
const accountsCodes: ReadonlySet<string> = new Set(['AccountSuspendedException', 'SendingPausedException', 'MailFromDomainNotVerifiedException', 'LimitExceededException', 'TooManyRequestsException', 'NotFoundException']);
const tooQuick: ReadonlySet<string> = new Set(['TooManyRequestsException', 'LimitExceededException']);

/** Mail by the API of Amazon SES, version 2. A message of ours is sent as it is, so that its headers stay. */
export const ses: Provider = {
  key: 'ses',
  open({ outbound, clock, values }) {
    const base = values.endpoint || `https://email.${values.region}.amazonaws.com`;
    const request = (method: 'GET' | 'POST', path: string, body?: Buffer) => {
      const url = new URL(path, base);
      const headers = signAws({ method, url, headers: { 'content-type': 'application/json' }, ...(body ? { body } : {}) }, { ...keysOf(values), service: 'ses' }, clock.now());
      return outbound.send({ method, url: url.href, headers, ...(body ? { body } : {}) });
    };
    return {
      async send(parcel, go) {
        const body = Buffer.from(JSON.stringify(bodyOf(parcel, values)));
        await go();
        const reply = await request('POST', '/v2/email/outbound-emails', body);
        const told = jsonOf(reply);
        if (reply.status === 200 && typeof told.MessageId === 'string') return { outcome: 'taken', providerId: told.MessageId };
        const code = codeOf((reply.headers['x-amzn-errortype'] as string | undefined)?.split(':')[0] ?? reply.status);
        if (tooQuick.has(code)) return { outcome: 'later', code, isAccountsFault: true, isTooQuick: true };
        if (accountsCodes.has(code)) return { outcome: 'later', code, isAccountsFault: true };
        return sentByStatus(reply, clock) ?? { outcome: 'refused', code };
      },
      show: async (parcel) => shownMail(parcel, mimeOf(parcel, values)),
      close: () => {},
    };
  },
};

const keysOf = ({ accessKeyId, secretAccessKey, region }: AdapterDoors['values']) => ({ accessKeyId, secretAccessKey, region });

const bodyOf = (parcel: Parcel, values: AdapterDoors['values']) => ({
  FromEmailAddress: values.fromAddress, Destination: { ToAddresses: [parcel.to] },
  Content: { Raw: { Data: mimeOf(parcel, values).toString('base64') } },
  EmailTags: [{ Name: 'key', Value: parcel.key.replace(/[^\w-]/g, '_').slice(0, 256) }],
  ...(values.configurationSet === '' ? {} : { ConfigurationSetName: values.configurationSet }),
});
