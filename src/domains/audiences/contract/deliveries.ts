import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { endpoint } from '../../../kernel/endpoint.ts';
import { pageOf, pageQuery } from '../../../kernel/page.ts';
import { audienceParams } from './audiences.ts';

const id = z.coerce.number().int().min(1).max(2_147_483_647);
const name = z.string().trim().min(1).max(80);

export const destinationKinds = ['webhook', 'bucket'] as const;

/** Where in a bucket: letters, digits and what needs no encoding. */
const prefix = z.string().trim().max(200).regex(/^([\w.-]+\/)*[\w.-]*$/).refine((text) => !text.split('/').some((part) => /^\.+$/.test(part)));

const webhookAddress = z.object({ kind: z.literal('webhook'), url: z.string().trim().min(1).max(1_000) });
const bucketAddress = z.object({
  kind: z.literal('bucket'),
  /** Of the store, without the bucket: `https://s3.cn-north-1.amazonaws.com.cn`. */
  endpoint: z.string().trim().min(1).max(300),
  region: z.string().trim().regex(/^[\w-]{1,60}$/),
  bucket: z.string().trim().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/),
  prefix: prefix.default(''),
  /** The bucket's name in the host, or in the path as servers of one's own want it. */
  addressing: z.enum(['host', 'path']).default('host'),
  accessKeyId: z.string().trim().regex(/^[\x21-\x7e]{1,128}$/),
});
export const destinationAddress = z.discriminatedUnion('kind', [webhookAddress, bucketAddress]);
export type DestinationAddress = z.output<typeof destinationAddress>;

const destination = z.object({
  destinationId: z.number().int(),
  name,
  address: destinationAddress,
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  /** When something was last sent there, and what went wrong, in a sentence; null while all is well. */
  triedAt: z.iso.datetime().nullable(),
  trouble: z.string().nullable(),
  /** Deliveries that go there and are not over. */
  deliveries: z.number().int(),
  revokedAt: z.iso.datetime().nullable(),
});
export type ShownDestination = z.output<typeof destination>;
const destinationParams = z.object({ destinationId: id });

export const listDestinations = endpoint({
  method: 'GET',
  path: '/api/audience-destinations',
  summary: 'Where members of audiences can be sent, the newest first; secrets are never shown',
  access: 'audiences.export',
  query: pageQuery.extend({ revoked: z.enum(['0', '1']).default('0') }),
  reply: pageOf(destination),
});

export const createDestination = endpoint({
  method: 'POST',
  path: '/api/audience-destinations',
  summary: 'Adds a webhook or an S3-compatible bucket. The secret that signs what a webhook is sent is in this reply and nowhere else',
  access: 'audiences.destinations',
  body: z.object({
    name,
    address: destinationAddress,
    /** The secret access key of a bucket. */
    secretAccessKey: z.string().trim().min(1).max(200).optional(),
  }),
  reply: z.object({ destination, secret: z.string().nullable() }),
  status: 201,
});

export const testDestination = endpoint({
  method: 'POST',
  path: '/api/audience-destinations/:destinationId/test',
  summary: 'Sends a message without anybody in it, or puts an object and takes it away again',
  access: 'audiences.destinations',
  params: destinationParams,
  reply: z.object({ arrived: z.boolean(), status: z.number().int().nullable(), trouble: z.string().nullable(), tookMs: z.number() }),
});

export const revokeDestination = endpoint({
  method: 'DELETE',
  path: '/api/audience-destinations/:destinationId',
  summary: 'Revokes a destination: its secret is forgotten and its deliveries end',
  access: 'audiences.destinations',
  params: destinationParams,
  reply: z.object({}),
  status: 204,
});

export const deliveryModes = ['once', 'changes'] as const;
export const deliveryFormats = ['jsonl', 'csv', 'roaring'] as const;
export const deliveryStates = ['active', 'stopped', 'done', 'ended'] as const;
export const shipmentStates = ['waiting', 'running', 'done', 'dropped'] as const;

const shipment = z.object({
  shipmentId: z.number().int(),
  state: z.enum(shipmentStates),
  /** All members, or who entered and left since the shipment before. */
  isWhole: z.boolean(),
  entered: z.number().int(),
  left: z.number().int(),
  sent: z.number().int(),
  /** In a row; the next attempt is at `dueAt`. */
  failures: z.number().int(),
  /** What was answered last: a status of HTTP. */
  status: z.number().int().nullable(),
  trouble: z.string().nullable(),
  dueAt: z.iso.datetime(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
});
export type Shipment = z.output<typeof shipment>;

const delivery = z.object({
  deliveryId: z.number().int(),
  audienceId: z.number().int(),
  destinationId: z.number().int(),
  destination: z.string(),
  kind: z.enum(destinationKinds),
  mode: z.enum(deliveryModes),
  format: z.enum(deliveryFormats),
  isFull: z.boolean(),
  pauseMinutes: z.number().int(),
  state: z.enum(deliveryStates),
  /** Why it was stopped, in a sentence. */
  trouble: z.string().nullable(),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  endedAt: z.iso.datetime().nullable(),
  last: shipment.nullable(),
});
export type ShownDelivery = z.output<typeof delivery>;
const deliveryParams = z.object({ deliveryId: id });

export const listDeliveries = endpoint({
  method: 'GET',
  path: '/api/audiences/:audienceId/deliveries',
  summary: 'Where an audience is sent and was sent, the newest first, each with its last shipment',
  access: 'audiences.export',
  params: audienceParams,
  query: pageQuery,
  reply: pageOf(delivery),
});

export const createDelivery = endpoint({
  method: 'POST',
  path: '/api/audiences/:audienceId/deliveries',
  summary: 'Sends an audience to a destination, once or each time it changes. Without `reveal` nothing personal is in it',
  access: 'audiences.export',
  params: audienceParams,
  body: z.object({
    destinationId: z.number().int().min(1).max(2_147_483_647),
    mode: z.enum(deliveryModes),
    /** A webhook takes JSON lines. */
    format: z.enum(deliveryFormats).default('jsonl'),
    reveal: z.boolean().default(false),
    /** Members at the end of a past day, for `once`. */
    on: daySchema.optional(),
    /** For `changes`: whether everybody who is in it now comes first. */
    withPresent: z.boolean().default(true),
    pauseMinutes: z.number().int().min(1).max(10_080).default(1),
  }),
  reply: delivery,
  status: 201,
});

export const resumeDelivery = endpoint({
  method: 'POST',
  path: '/api/audience-deliveries/:deliveryId/resume',
  summary: 'Goes on with a delivery that was stopped, where it stood; also tries at once what waits for its next attempt',
  access: 'audiences.export',
  params: deliveryParams,
  reply: delivery,
});

export const endDelivery = endpoint({
  method: 'DELETE',
  path: '/api/audience-deliveries/:deliveryId',
  summary: 'Ends a delivery; what was sent stays sent',
  access: 'audiences.export',
  params: deliveryParams,
  reply: z.object({}),
  status: 204,
});

export const listShipments = endpoint({
  method: 'GET',
  path: '/api/audience-deliveries/:deliveryId/shipments',
  summary: 'What a delivery has sent, the newest first',
  access: 'audiences.export',
  params: deliveryParams,
  query: pageQuery,
  reply: pageOf(shipment),
});
