/** A batch as bytes whose number can be written in place: making the next one costs next to nothing. */
export interface BatchTemplate {
  /** A whole HTTP request that sends the batch of this number. */
  request(batchNo: number): Buffer;
}

/** Batch numbers have as many digits, always, so that they can be written over each other. */
const firstNo = 10_000_000;

export interface Batch {
  host: string;
  secret: string;
  /** Tells the events of one sender from those of others. */
  mark: string;
  events: number;
  /** Whose events these are: one person, or a person for each event of a batch. */
  isOnePerson: boolean;
  /** So many characters more in every event. */
  padding: number;
}

export function batchTemplate({ host, secret, mark, events, isOnePerson, padding }: Batch): BatchTemplate {
  const place = String(firstNo);
  const event = (n: number): string => JSON.stringify({
    type: 'track', event: 'Flood', messageId: `${mark}-${place}-${n}`, userId: isOnePerson ? `${mark}-member` : `${mark}-member-${n}`,
    properties: { mark, batch: firstNo, n, path: `/products/P${n}`, list: 'recommended', price: 19.5, padding: 'x'.repeat(padding) },
  });
  const body = `{"batch":[${Array.from({ length: events }, (_, n) => event(n)).join()}]}`;
  const head = [
    'POST /v1/batch HTTP/1.1', `host: ${host}`, `authorization: Basic ${Buffer.from(`${secret}:`).toString('base64')}`,
    'content-type: application/json', `content-length: ${body.length}`, '', '',
  ].join('\r\n');
  const text = head + body;
  const places = [...text.matchAll(new RegExp(`(?<=${mark}-|"batch":)${place}`, 'g'))].map((found) => found.index);
  return {
    request(batchNo) {
      const bytes = Buffer.from(text, 'latin1');
      const digits = Buffer.from(String(firstNo + batchNo), 'latin1');
      for (const at of places) digits.copy(bytes, at);
      return bytes;
    },
  };
}

/** The number of a batch by what its events carry. */
export const batchNoOf = (carried: number): number => carried - firstNo;
