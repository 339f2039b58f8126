import { createHash, createHmac } from 'node:crypto';
import { z } from 'zod';
import type { OutboundReply } from '../../../../platform/outbound/outbound.ts';
import type { Parcel } from '../../part.ts';
import { type AdapterDoors, codeOf, type Provider, type Sent } from './adapter.ts';
import { jsonOf, sentByStatus } from './http.ts';

const service = 'sms';
const usualHost = 'sms.tencentcloudapi.com';
const contentType = 'application/json; charset=utf-8';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

export interface TencentCall {
  host: string;
  service: string;
  body: string;
  secretId: string;
  secretKey: string;
  at: Date;
}

/** The value of the Authorization header by Tencent Cloud's signature TC3-HMAC-SHA256. */
export function signTencent({ host, service: of, body, secretId, secretKey, at }: TencentCall): string {
  const moment = Math.floor(at.getTime() / 1_000);
  const day = at.toISOString().slice(0, 10);
  const names = 'content-type;host';
  const canonical = ['POST', '/', '', `content-type:${contentType}`, `host:${host}`, '', names, sha256(body)].join('\n');
  const scope = `${day}/${of}/tc3_request`;
  const key = [of, 'tc3_request'].reduce<Buffer>((secret, part) => hmac(secret, part), hmac(`TC3${secretKey}`, day));
  const signature = hmac(key, ['TC3-HMAC-SHA256', moment, scope, sha256(canonical)].join('\n')).toString('hex');
  return `TC3-HMAC-SHA256 Credential=${secretId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
}

/** Text messages by Tencent Cloud: an approved template under an approved signature, filled with variables in their order. */
export const tencentsms: Provider = {
  key: 'tencentsms',
  open: (doors) => ({
    async send(parcel, go) {
      if (!parcel.message.providerTemplate) return { outcome: 'refused', code: 'no_template' };
      await go();
      return sentOf(await call(doors, 'SendSms', bodyOf(parcel, doors.values)), doors.clock);
    },
    show: async (parcel) => JSON.stringify(bodyOf(parcel, doors.values), null, 2),
    close: () => {},
  }),
};

function call({ outbound, clock, values }: AdapterDoors, action: string, given: object): Promise<OutboundReply> {
  const { secretId, secretKey, region } = values;
  const base = new URL(values.endpoint || `https://${usualHost}`);
  const body = JSON.stringify(given);
  const at = clock.now();
  const headers = {
    'content-type': contentType, host: base.host, authorization: signTencent({ host: base.host, service, body, secretId, secretKey, at }),
    'x-tc-action': action, 'x-tc-version': '2021-01-11', 'x-tc-timestamp': String(Math.floor(at.getTime() / 1_000)), 'x-tc-region': region,
  };
  return outbound.send({ method: 'POST', url: `${base.origin}/`, headers, body: Buffer.from(body) });
}

const bodyOf = ({ to, key, message: { providerTemplate = '', variables = {} } }: Parcel, { sdkAppId, signName }: AdapterDoors['values']) => ({
  PhoneNumberSet: [to], SmsSdkAppId: sdkAppId, SignName: signName, TemplateId: providerTemplate, TemplateParamSet: Object.values(variables), SessionContext: key.slice(0, 512),
});

/** Errors come with status 200: of the call as a whole, or of the number. */
const told = z.object({
  Response: z.object({
    Error: z.object({ Code: z.string() }).optional(),
    SendStatusSet: z.array(z.object({ SerialNo: z.string().default(''), Code: z.string(), Fee: z.number().int().min(1).max(100).optional().catch(undefined) })).optional(),
  }),
});
const accountsCode = /^(?:AuthFailure|UnauthorizedOperation|InternalError|RequestLimitExceeded|FailedOperation\.(?:InsufficientBalanceInSmsPackage|SignatureIncorrectOrUnapproved)|LimitExceeded\.(?:AppDailyLimit|DailyLimit|AppMainlandChinaDailyLimit|AppGlobalDailyLimit))/;
const tooQuick = /^(?:RequestLimitExceeded|LimitExceeded\.DeliveryFrequencyLimit)/;
/** Limits of one number: it has had enough for an hour or a day. */
const numbersLimit = /^LimitExceeded\.PhoneNumber/;
const dead: ReadonlySet<string> = new Set(['InvalidParameterValue.IncorrectPhoneNumber', 'FailedOperation.PhoneNumberInBlacklist']);

function sentOf(reply: OutboundReply, clock: AdapterDoors['clock']): Sent {
  const read = told.safeParse(jsonOf(reply));
  if (!read.success) return sentByStatus(reply, clock) ?? { outcome: 'unknown', code: codeOf(reply.status), isAccountsFault: true };
  const { Error: error, SendStatusSet: [status] = [] } = read.data.Response;
  if (!error && status?.Code === 'Ok') return { outcome: 'taken', providerId: status.SerialNo, ...(status.Fee === undefined ? {} : { parts: status.Fee }) };
  const code = codeOf(error?.Code ?? status?.Code ?? 'no_status');
  if (tooQuick.test(code)) return { outcome: 'later', code, isAccountsFault: true, isTooQuick: true };
  if (accountsCode.test(code)) return { outcome: 'later', code, isAccountsFault: true };
  if (numbersLimit.test(code)) return { outcome: 'later', code, retryAfterMs: 3_600_000 };
  return { outcome: 'refused', code, isDeadAddress: dead.has(code) };
}
