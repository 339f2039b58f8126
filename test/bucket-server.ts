import { createHash, createHmac } from 'node:crypto';
import { createReceiver, type Received, type Receiver } from './receiver.ts';

/** An object as the store keeps it. */
export interface StoredObject {
  body: Buffer;
  headers: Record<string, string | string[] | undefined>;
}

/** An S3-compatible store in memory that reckons every signature by itself. */
export interface BucketServer extends Receiver {
  objects: Map<string, StoredObject>;
  /** Uploads in parts that are neither completed nor dropped. */
  uploads: Map<string, { path: string; parts: Map<number, Buffer>; headers: StoredObject['headers'] }>;
  /** Answers this instead, for requests that it names. */
  fail(when: (received: Received) => number | null): void;
}

export const bucketKeys = { accessKeyId: 'AKTEST', secretAccessKey: 'a secret / of the store+', region: 'cn-east-1' };

const mac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
/** Each byte that is not unreserved as %XX. */
const encoded = (text: string): string => [...Buffer.from(text)].map((byte) => (/[A-Za-z0-9\-._~]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)).join('');

/** Why a request's signature does not hold; null where it does (AWS, "Create a signed AWS API request"). */
export function faultOfSignature({ method, path, headers, body }: Received, keys = bucketKeys): string | null {
  const found = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(headers.authorization ?? '');
  if (!found) return 'AccessDenied';
  const [, id, day, region, names, signature] = found;
  if (id !== keys.accessKeyId) return 'InvalidAccessKeyId';
  if (sha(body) !== headers['x-amz-content-sha256']) return 'XAmzContentSHA256Mismatch';
  const unsigned = Object.keys(headers).filter((name) => name.startsWith('x-amz-') && !names.split(';').includes(name));
  if (unsigned.length > 0 || !names.split(';').includes('host')) return 'AccessDenied';
  const [pathname, query = ''] = path.split('?');
  const pairs = query.split('&').filter(Boolean).map((pair) => pair.split('=').map((part) => encoded(decodeURIComponent(part.replaceAll('+', ' '))))).map(([name, value = '']) => `${name}=${value}`).sort();
  const request = `${method}\n${pathname}\n${pairs.join('&')}\n${names.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`).join('')}\n${names}\n${sha(body)}`;
  const signing = mac(mac(mac(mac(`AWS4${keys.secretAccessKey}`, day), region), 's3'), 'aws4_request');
  const expected = mac(signing, `AWS4-HMAC-SHA256\n${headers['x-amz-date']}\n${day}/${region}/s3/aws4_request\n${sha(request)}`).toString('hex');
  return expected === signature && region === keys.region ? null : 'SignatureDoesNotMatch';
}

export async function createBucketServer(): Promise<BucketServer> {
  const receiver = await createReceiver();
  const objects: BucketServer['objects'] = new Map();
  const uploads: BucketServer['uploads'] = new Map();
  let failing: (received: Received) => number | null = () => null;
  let made = 0;
  receiver.react((received, response) => {
    const answer = (status: number, body = '', headers: Record<string, string> = {}): void => void response.writeHead(status, headers).end(body);
    const refuse = (status: number, code: string): void => answer(status, `<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message></Error>`);
    const fault = faultOfSignature(received);
    if (fault) return refuse(403, fault);
    const failure = failing(received);
    if (failure !== null) return refuse(failure, 'InternalError');
    const [path, query = ''] = received.path.split('?');
    const asked = new URLSearchParams(query);
    const uploadId = asked.get('uploadId');
    const upload = uploadId === null ? undefined : uploads.get(uploadId);
    if (uploadId !== null && !upload) return refuse(404, 'NoSuchUpload');
    if (asked.has('uploads')) {
      const id = `upload/${++made}&+`;
      uploads.set(id, { path, parts: new Map(), headers: received.headers });
      return answer(200, `<InitiateMultipartUploadResult><UploadId>${id.replace('&', '&amp;')}</UploadId></InitiateMultipartUploadResult>`);
    }
    if (upload && received.method === 'PUT') {
      upload.parts.set(Number(asked.get('partNumber')), received.body);
      return answer(200, '', { etag: `"${sha(received.body).slice(0, 32)}"` });
    }
    if (upload && received.method === 'POST') {
      const named = [...received.body.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>&quot;(\w+)&quot;<\/ETag>/g)].map(([, no, tag]) => [Number(no), tag] as const);
      const parts = named.map(([no, tag]) => ({ body: upload.parts.get(no), tag }));
      if (parts.some(({ body, tag }) => !body || !sha(body).startsWith(tag))) return refuse(400, 'InvalidPart');
      if (parts.slice(0, -1).some(({ body }) => (body?.length ?? 0) < 5 * 2 ** 20)) return refuse(400, 'EntityTooSmall');
      objects.set(path, { body: Buffer.concat(parts.map(({ body }) => body ?? Buffer.alloc(0))), headers: upload.headers });
      uploads.delete(uploadId ?? '');
      return answer(200, '<CompleteMultipartUploadResult></CompleteMultipartUploadResult>');
    }
    if (upload) {
      uploads.delete(uploadId ?? '');
      return answer(204);
    }
    if (received.method === 'PUT') {
      objects.set(path, { body: received.body, headers: received.headers });
      return answer(200, '', { etag: '"x"' });
    }
    if (received.method === 'DELETE') {
      objects.delete(path);
      return answer(204);
    }
    const object = objects.get(path);
    return object ? answer(200, '', { 'x-amz-meta-perennial': String(object.headers['x-amz-meta-perennial'] ?? '') }) : answer(404);
  });
  return { ...receiver, objects, uploads, fail: (when) => void (failing = when) };
}
