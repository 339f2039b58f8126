import { createHash, createHmac } from 'node:crypto';

export interface AwsKeys {
  accessKeyId: string;
  secretAccessKey: string;
  region: string;
  /** The service that is asked; S3 unless said. */
  service?: string;
}

export interface Signable {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body?: Buffer;
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const hexOf = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');

/** Percent-encoded as AWS reads it: all but the unreserved characters of RFC 3986. */
export const awsEncode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/** The headers of a request with its signature (AWS Signature Version 4); the path of `url` is encoded already. */
export function signAws({ method, url, headers, body = Buffer.alloc(0) }: Signable, { accessKeyId, secretAccessKey, region, service = 's3' }: AwsKeys, now: Date): Record<string, string> {
  const moment = now.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const day = moment.slice(0, 8);
  const signed: Record<string, string> = { ...headers, 'x-amz-content-sha256': hexOf(body), 'x-amz-date': moment };
  const lines = Object.entries({ ...signed, host: url.host }).map(([name, value]): [string, string] => [name.toLowerCase(), value.trim().replace(/\s+/g, ' ')]).sort(byName);
  const names = lines.map(([name]) => name).join(';');
  const query = [...url.searchParams].map(([name, value]): [string, string] => [awsEncode(name), awsEncode(value)]).sort(byName).map((pair) => pair.join('=')).join('&');
  const canonical = [method, url.pathname, query, ...lines.map((pair) => pair.join(':')), '', names, signed['x-amz-content-sha256']].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const key = [region, service, 'aws4_request'].reduce<Buffer>((secret, part) => hmac(secret, part), hmac(`AWS4${secretAccessKey}`, day));
  const signature = hmac(key, ['AWS4-HMAC-SHA256', moment, scope, hexOf(canonical)].join('\n')).toString('hex');
  return { ...signed, authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}` };
}

const byName = ([a]: [string, string], [b]: [string, string]): number => (a < b ? -1 : a > b ? 1 : 0);
