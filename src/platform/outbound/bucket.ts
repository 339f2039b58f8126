import { Problem } from '../../kernel/problem.ts';
import type { Clock } from '../clock.ts';
import { type Outbound, type OutboundReply, type OutboundRequest, parseAddress } from './outbound.ts';
import { type AwsKeys, awsEncode, signAws } from './sign-aws.ts';

export interface BucketAddress extends AwsKeys {
  /** `https://s3.eu-central-1.amazonaws.com` */
  endpoint: string;
  bucket: string;
  /** The bucket's name in the path instead of the host, as servers of one's own want it. */
  isPathStyle: boolean;
}

/** What is noted beside an object. */
export interface ObjectNotes {
  contentType: string;
  /** Tells this object from another one of the same key. */
  mark: string;
}

/** Every part but the last has at least so many bytes. */
export const leastPartBytes = 5 * 2 ** 20;

/** A bucket of an S3-compatible store. What it refuses is thrown as `platform.bucket_refused` with its status and code. */
export interface Bucket {
  put(key: string, body: Buffer, notes: ObjectNotes): Promise<void>;
  remove(key: string): Promise<void>;
  /** The mark of an object; null where there is none. */
  markOf(key: string): Promise<string | null>;
  /** An object in parts is there when it was completed, and not before. */
  beginParts(key: string, notes: ObjectNotes): Promise<string>;
  /** A part that is put again takes the place of the first. */
  putPart(key: string, uploadId: string, partNo: number, body: Buffer): Promise<string>;
  completeParts(key: string, uploadId: string, tags: readonly string[]): Promise<void>;
  dropParts(key: string, uploadId: string): Promise<void>;
}

const markHeader = 'x-amz-meta-perennial';

export function createBucket(outbound: Outbound, address: BucketAddress, clock: Clock): Bucket {
  const ask = async (method: OutboundRequest['method'], key: string, { query = {}, headers = {}, body }: { query?: Record<string, string>; headers?: Record<string, string>; body?: Buffer } = {}): Promise<OutboundReply> => {
    const url = urlOf(address, key);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return outbound.send({ method, url: url.href, headers: signAws({ method, url, headers, body }, address, clock.now()), body });
  };
  const headersOf = ({ contentType, mark }: ObjectNotes): Record<string, string> => ({ 'content-type': contentType, [markHeader]: mark });
  return {
    async put(key, body, notes) {
      demand(await ask('PUT', key, { headers: headersOf(notes), body }));
    },
    async remove(key) {
      demand(await ask('DELETE', key));
    },
    async markOf(key) {
      const reply = await ask('HEAD', key);
      if (reply.status === 404) return null;
      const mark = demand(reply).headers[markHeader];
      return typeof mark === 'string' ? mark : '';
    },
    async beginParts(key, notes) {
      const { text } = demand(await ask('POST', key, { query: { uploads: '' }, headers: headersOf(notes) }));
      const uploadId = /<UploadId>([^<]{1,1024})<\/UploadId>/.exec(text)?.[1];
      if (uploadId === undefined) throw refused(200, 'NoUploadId');
      return unescaped(uploadId);
    },
    async putPart(key, uploadId, partNo, body) {
      const { headers: { etag } } = demand(await ask('PUT', key, { query: { partNumber: String(partNo), uploadId }, body }));
      if (!etag) throw refused(200, 'NoETag');
      return etag;
    },
    async completeParts(key, uploadId, tags) {
      const parts = tags.map((tag, i) => `<Part><PartNumber>${i + 1}</PartNumber><ETag>${escaped(tag)}</ETag></Part>`).join('');
      const body = Buffer.from(`<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${parts}</CompleteMultipartUpload>`);
      const reply = demand(await ask('POST', key, { query: { uploadId }, headers: { 'content-type': 'application/xml' }, body }));
      // S3 answers 200 before it has put the parts together, and may tell of a failure afterwards.
      if (!reply.text.includes('<CompleteMultipartUploadResult')) throw refused(reply.status, codeOf(reply));
    },
    async dropParts(key, uploadId) {
      demand(await ask('DELETE', key, { query: { uploadId } }));
    },
  };
}

/** Where an object is. The key is encoded once, its slashes kept. */
function urlOf({ endpoint, bucket, isPathStyle }: BucketAddress, key: string): URL {
  const url = parseAddress(endpoint);
  const path = key.split('/').map(awsEncode).join('/');
  if (isPathStyle) url.pathname = `/${bucket}/${path}`;
  else {
    url.hostname = `${bucket}.${url.hostname}`;
    url.pathname = `/${path}`;
  }
  url.search = '';
  url.hash = '';
  return url;
}

const codeOf = ({ text }: OutboundReply): string => /<Code>(\w{1,64})<\/Code>/.exec(text)?.[1] ?? '';

const refused = (status: number, code: string): Problem => new Problem('platform.bucket_refused', { params: { status, code } });

function demand(reply: OutboundReply): OutboundReply {
  if (reply.status < 200 || reply.status >= 300) throw refused(reply.status, codeOf(reply));
  return reply;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const unescaped = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
