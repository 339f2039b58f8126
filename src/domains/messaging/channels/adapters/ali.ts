import { createHash, createHmac, randomUUID } from 'node:crypto';
import type { OutboundReply } from '../../../../platform/outbound/outbound.ts';
import { awsEncode } from '../../../../platform/outbound/sign-aws.ts';
import { type AdapterDoors, codeOf, type Sent } from './adapter.ts';
import { jsonOf, sentByStatus } from './http.ts';

export interface AliCall {
  host: string;
  action: string;
  version: string;
  query: Record<string, string>;
  /** A form, where there is one. */
  body: string;
  accessKeyId: string;
  accessKeySecret: string;
  at: Date;
  nonce: string;
}

const algorithm = 'ACS3-HMAC-SHA256';
const formType = 'application/x-www-form-urlencoded';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const pairsOf = (values: Record<string, string>): string => Object.keys(values).sort().map((name) => `${awsEncode(name)}=${awsEncode(values[name])}`).join('&');

/** The headers of a call of Alibaba Cloud's RPC interfaces, with its signature of version 3. */
export function signAli({ host, action, version, query, body, accessKeyId, accessKeySecret, at, nonce }: AliCall): Record<string, string> {
  const headers: Record<string, string> = {
    ...(body === '' ? {} : { 'content-type': formType }), host,
    'x-acs-action': action, 'x-acs-content-sha256': sha256(body), 'x-acs-date': at.toISOString().replace(/\.\d{3}/, ''), 'x-acs-signature-nonce': nonce, 'x-acs-version': version,
  };
  const names = Object.keys(headers).sort();
  const canonical = ['POST', '/', pairsOf(query), ...names.map((name) => `${name}:${headers[name]}`), '', names.join(';'), headers['x-acs-content-sha256']].join('\n');
  const signature = createHmac('sha256', accessKeySecret).update(`${algorithm}\n${sha256(canonical)}`).digest('hex');
  return { ...headers, authorization: `${algorithm} Credential=${accessKeyId},SignedHeaders=${names.join(';')},Signature=${signature}` };
}

/** Makes a call; `host` is the service's unless the account names another endpoint. What is asked stands in the body: a mail is longer than an address may be. */
export function callAli({ outbound, clock, values }: AdapterDoors, host: string, action: string, version: string, asked: Record<string, string>): Promise<OutboundReply> {
  const base = new URL(values.endpoint || `https://${host}`);
  const { accessKeyId, accessKeySecret } = values;
  const body = pairsOf(asked);
  const headers = signAli({ host: base.host, action, version, query: {}, body, accessKeyId, accessKeySecret, at: clock.now(), nonce: randomUUID() });
  return outbound.send({ method: 'POST', url: `${base.origin}/`, headers, body: Buffer.from(body) });
}

/** Codes about keys, money and speed, whoever a message is for. */
const accountsCode = /^(?:InvalidAccessKeyId|SignatureDoesNotMatch|SignatureNonceUsed|Forbidden|NoPermission|ServiceUnavailable|InternalError|isv\.(?:ACCOUNT_|AMOUNT_NOT_ENOUGH|DAY_LIMIT_CONTROL|OUT_OF_SERVICE|PRODUCT_UN|RAM_PERMISSION)|isp\.)/;
const tooQuick = /^(?:Throttling|isp\.GATEWAY_ERROR|FREQ_LIMIT)/;

/** An answer that says no, in its body whatever its status is. */
export function aliRefusal(reply: OutboundReply, clock: AdapterDoors['clock'], dead: ReadonlySet<string>): Sent {
  const { Code } = jsonOf(reply);
  const code = typeof Code === 'string' ? codeOf(Code) : codeOf(reply.status);
  if (tooQuick.test(code)) return { outcome: 'later', code, isAccountsFault: true, isTooQuick: true };
  if (accountsCode.test(code)) return { outcome: 'later', code, isAccountsFault: true };
  if (typeof Code !== 'string') return sentByStatus(reply, clock) ?? { outcome: 'unknown', code, isAccountsFault: true };
  if (code === 'isv.BUSINESS_LIMIT_CONTROL') return { outcome: 'later', code, retryAfterMs: 3_600_000 };
  return { outcome: 'refused', code, isDeadAddress: dead.has(code) };
}
