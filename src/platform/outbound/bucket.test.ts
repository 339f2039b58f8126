import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bucketKeys, type BucketServer, createBucketServer, faultOfSignature } from '../../../test/bucket-server.ts';
import { systemClock } from '../clock.ts';
import { type Bucket, type BucketAddress, createBucket } from './bucket.ts';
import { createOutbound, type Outbound } from './outbound.ts';
import { awsEncode, signAws } from './sign-aws.ts';

/** The examples of "Signature Calculations for the Authorization Header" in the documentation of Amazon S3. */
describe('signatures', () => {
  const keys = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', region: 'us-east-1' };
  const at = new Date('2013-05-24T00:00:00Z');
  const signature = (method: string, path: string, headers: Record<string, string> = {}, body?: Buffer): string =>
    signAws({ method, url: new URL(`https://examplebucket.s3.amazonaws.com${path}`), headers, body }, keys, at).authorization.split('Signature=')[1];

  it('are those that Amazon published', () => {
    expect(signature('GET', '/test.txt', { range: 'bytes=0-9' })).toBe('f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41');
    const put = { date: 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-storage-class': 'REDUCED_REDUNDANCY' };
    expect(signature('PUT', '/test%24file.text', put, Buffer.from('Welcome to Amazon S3.'))).toBe('98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd');
    expect(signature('GET', '/?lifecycle')).toBe('fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543');
    expect(signature('GET', '/?max-keys=2&prefix=J')).toBe('34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7');
  });

  it('encode whatever a key has in it', () => {
    expect(awsEncode("人 a+b!'()*~._-/")).toBe('%E4%BA%BA%20a%2Bb%21%27%28%29%2A~._-%2F');
  });
});

describe('a bucket', () => {
  let store: BucketServer;
  let outbound: Outbound;
  let bucket: Bucket;
  const open = (change: Partial<BucketAddress> = {}): Bucket =>
    createBucket(outbound, { ...bucketKeys, endpoint: store.url, bucket: 'crm', isPathStyle: true, ...change }, systemClock);
  beforeAll(async () => {
    store = await createBucketServer();
    outbound = createOutbound({ allowed: ['127.0.0.1'], resolve: async () => [{ address: '127.0.0.1', family: 4 }] });
    bucket = open();
  });
  afterAll(async () => {
    outbound.close();
    await store.close();
  });
  const notes = { contentType: 'text/csv', mark: 'one' };

  it('keeps an object under a key with anything in it, and gives its mark back', async () => {
    const key = "人群/a b+c'(1)*.csv";
    expect(await bucket.markOf(key)).toBeNull();
    await bucket.put(key, Buffer.from('a,b'), notes);
    expect(await bucket.markOf(key)).toBe('one');
    const [[path, object]] = [...store.objects];
    expect([decodeURIComponent(path), object.body.toString(), object.headers['content-type']]).toEqual([`/crm/${key}`, 'a,b', 'text/csv']);
    await bucket.remove(key);
    expect(store.objects.size).toBe(0);
  });

  it('can have its name in the host', async () => {
    const { port } = new URL(store.url);
    await open({ endpoint: `http://store.test:${port}`, isPathStyle: false }).put('a/b.csv', Buffer.from('x'), notes);
    expect(store.received.at(-1)).toMatchObject({ path: '/a/b.csv', headers: { host: `crm.store.test:${port}` } });
    expect(faultOfSignature(store.received.at(-1)!)).toBeNull();
  });

  it('puts an object together of parts, one of them sent twice', async () => {
    const [large, last] = [Buffer.alloc(5 * 2 ** 20, 'a'), Buffer.from('end')];
    const uploadId = await bucket.beginParts('big.csv', notes);
    await bucket.putPart('big.csv', uploadId, 1, Buffer.alloc(5 * 2 ** 20, 'b'));
    const tags = [await bucket.putPart('big.csv', uploadId, 1, large), await bucket.putPart('big.csv', uploadId, 2, last)];
    expect(store.objects.has('/crm/big.csv')).toBe(false);
    await bucket.completeParts('big.csv', uploadId, tags);
    expect(store.objects.get('/crm/big.csv')?.body.equals(Buffer.concat([large, last]))).toBe(true);
    await expect(bucket.completeParts('big.csv', uploadId, tags)).rejects.toMatchObject({ params: { status: 404, code: 'NoSuchUpload' } });
  });

  it('leaves nothing of parts that are dropped', async () => {
    const uploadId = await bucket.beginParts('dropped.csv', notes);
    await bucket.putPart('dropped.csv', uploadId, 1, Buffer.from('x'));
    await bucket.dropParts('dropped.csv', uploadId);
    expect([store.uploads.size, store.objects.has('/crm/dropped.csv')]).toEqual([0, false]);
  });

  it('says what the store said when it refuses', async () => {
    const refusals: [Partial<BucketAddress>, string][] = [[{ secretAccessKey: 'wrong' }, 'SignatureDoesNotMatch'], [{ accessKeyId: 'NOBODY' }, 'InvalidAccessKeyId'], [{ region: 'elsewhere' }, 'SignatureDoesNotMatch']];
    for (const [change, code] of refusals) {
      await expect(open(change).put('a', Buffer.from('x'), notes)).rejects.toMatchObject({ code: 'platform.bucket_refused', params: { status: 403, code } });
    }
    store.fail(() => 503);
    await expect(bucket.put('a', Buffer.from('x'), notes)).rejects.toMatchObject({ params: { status: 503, code: 'InternalError' } });
    store.fail(() => null);
  });

  it('does not take an answer of 200 for done when it tells of a failure', async () => {
    const uploadId = await bucket.beginParts('late.csv', notes);
    const tags = [await bucket.putPart('late.csv', uploadId, 1, Buffer.from('x'))];
    store.fail(({ method }) => (method === 'POST' ? 200 : null));
    await expect(bucket.completeParts('late.csv', uploadId, tags)).rejects.toMatchObject({ params: { code: 'InternalError' } });
    store.fail(() => null);
    await bucket.dropParts('late.csv', uploadId);
  });
});
