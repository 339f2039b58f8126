import { Problem } from '../../../../kernel/problem.ts';
import type { Clock } from '../../../../platform/clock.ts';
import type { Outbound, OutboundReply } from '../../../../platform/outbound/outbound.ts';
import { secondsOfRetryAfter } from '../../../../platform/outbound/retry-after.ts';
import { signedHeaders } from '../../../../platform/outbound/signature.ts';
import { type Carrier, wordOf } from './carrier.ts';
import { nextPage } from './page.ts';
import type { PeopleText } from './people-text.ts';
import type { HeldShipment } from './shipment.ts';

export interface WebhookDoors {
  outbound: Outbound;
  clock: Clock;
}

export interface Webhook {
  url: string;
  secret: string;
}

const gone = 410;

/** Sends one message, signed. Throws a Problem with the status unless it was taken. */
export async function sendSigned({ outbound, clock }: WebhookDoors, { url, secret }: Webhook, id: string, body: Buffer): Promise<OutboundReply> {
  const now = clock.now();
  const headers = { 'content-type': 'application/x-ndjson', 'user-agent': 'Perennial', ...signedHeaders(secret, id, body, now) };
  const reply = await outbound.send({ method: 'POST', url, headers, body });
  if (reply.status >= 200 && reply.status < 300) return reply;
  const params = { status: reply.status };
  if (reply.status === gone) throw new Problem('audiences.receiver_gone', { params });
  if (reply.status >= 300 && reply.status < 400) throw new Problem('audiences.receiver_redirects', { params });
  throw new Problem('audiences.receiver_refused', { params, retryAfterSeconds: secondsOfRetryAfter(reply.headers['retry-after'], now) ?? undefined });
}

/** Pages of JSON lines; the first line says what the others are. A repeat has the same id, so that it can be told apart from something new. */
export function webhookCarrier(doors: WebhookDoors, webhook: Webhook, shipment: HeldShipment, text: PeopleText): Carrier {
  const { key, audienceId, audience, deliveryId, isWhole, members, progress, createdAt } = shipment;
  return {
    page: () => nextPage(text, members[progress.leg], progress, 1),
    async send({ body, people, isLast }) {
      const id = `msg_${key}_${progress.leg}_${progress.pageNo}`;
      const head = {
        type: isWhole ? 'audience.members' : 'audience.changed', audienceId, audience, deliveryId, change: wordOf(shipment),
        page: progress.pageNo + 1, isLast, people, total: members[progress.leg].size, at: createdAt.toISOString(),
      };
      const { status } = await sendSigned(doors, webhook, id, Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), body]));
      return { again: false, status, upload: null };
    },
  };
}
