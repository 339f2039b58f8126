import { Problem } from '../../../../kernel/problem.ts';
import type { Bucket } from '../../../../platform/outbound/bucket.ts';
import { type Carrier, wordOf } from './carrier.ts';
import { bitmapPage, nextPage, type Page } from './page.ts';
import type { PeopleText } from './people-text.ts';
import type { HeldShipment, Progress } from './shipment.ts';

/** Parts of this size keep memory small, and ten thousand of them are enough for ten million people in full. */
const partBytes = 8 * 2 ** 20;
const bitmapType = 'application/octet-stream';

/** One object for those who entered and one for those who left, each there as a whole or not at all. A repeat writes the same object. */
export function objectCarrier(bucket: Bucket, prefix: string, shipment: HeldShipment, text: PeopleText | null): Carrier {
  const { members, progress } = shipment;
  const keyOf = (): string => objectKey(prefix, shipment);
  const notesOf = () => ({ contentType: text?.contentType ?? bitmapType, mark: `${shipment.key}-${progress.leg}` });
  const sendPart = async ({ body, isLast }: Page, keep: (change: Partial<Progress>) => Promise<void>): Promise<Progress['upload']> => {
    if (!progress.upload) await keep({ upload: { id: await bucket.beginParts(keyOf(), notesOf()), tags: [] } });
    const { id, tags } = progress.upload ?? { id: '', tags: [] };
    const all = [...tags, await bucket.putPart(keyOf(), id, progress.pageNo + 1, body)];
    if (!isLast) return { id, tags: all };
    await bucket.completeParts(keyOf(), id, all);
    return null;
  };
  return {
    page: async () => (text ? nextPage(text, members[progress.leg], progress, partBytes) : bitmapPage(members[progress.leg])),
    async send(page, keep) {
      if (page.isLast && !progress.upload) {
        await bucket.put(keyOf(), page.body, notesOf());
        return { again: false, status: 200, upload: null };
      }
      try {
        return { again: false, status: 200, upload: await sendPart(page, keep) };
      } catch (error) {
        if (!(error instanceof Problem) || error.params.code !== 'NoSuchUpload') throw error;
        // Its parts were put together just before the worker died, or the store threw them away.
        if (page.isLast && (await bucket.markOf(keyOf())) === notesOf().mark) return { again: false, status: 200, upload: null };
        return { again: true };
      }
    },
  };
}

const endings = { jsonl: 'jsonl', csv: 'csv', roaring: 'roaring' } as const;

/** `crm/audience-12/20261111T000500Z-345-entered.csv` */
function objectKey(prefix: string, shipment: HeldShipment): string {
  const { audienceId, shipmentId, format, createdAt } = shipment;
  const folder = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
  const moment = createdAt.toISOString().replace(/[-:]|\.\d+/g, '');
  return `${folder}audience-${audienceId}/${moment}-${shipmentId}-${wordOf(shipment)}.${endings[format]}`;
}
