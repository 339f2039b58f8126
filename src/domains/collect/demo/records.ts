/**
 * The records of the demonstration brand. Moments are milliseconds since 1970 (UTC). Money
 * and quantities are ten-thousandths as in the kernel's decimal; money is in yuan (CNY).
 */
export interface DemoProduct {
  productId: string;
  name: string;
  brand: string;
  category: string;
  parentCategory: string;
  listPrice: bigint;
}

/** An alias of a customer, of the kinds the alias graph knows. */
export interface DemoIdentifier {
  kind: 'external_id' | 'phone' | 'email' | 'unionid' | 'openid' | 'member_no' | 'device';
  /** Where it is valid: an app, a shop; empty where it is valid everywhere. */
  namespace: string;
  value: string;
}

export interface DemoCustomer {
  /** From 0; all other records of the customer carry it. */
  index: number;
  /** The customer's id at the shop, unique. */
  externalId: string;
  name: string;
  gender: 'female' | 'male' | null;
  /** `1990-05-17`. */
  birthday: string | null;
  province: string;
  city: string;
  /** Where the customer came from; `campaign` is null for those who came by themselves. */
  channel: string;
  campaign: string | null;
  /** All aliases, the external id, phone, mail, member number and device included. */
  identifiers: DemoIdentifier[];
  /** The first sight, perhaps of an anonymous device; nothing of the customer is earlier. */
  firstSeenAtMs: number;
  registeredAtMs: number;
  memberSinceMs: number | null;
  /** The index of the same person's other account, which came first in numbering. */
  duplicateOf: number | null;
}

export interface DemoOrderLine {
  /** From 1. */
  lineNo: number;
  product: DemoProduct;
  quantity: bigint;
  /** What one piece cost after the promotion. */
  unitPrice: bigint;
  /** The line's share of the order's coupon. */
  couponDiscount: bigint;
  /** Paid for the line: quantity × unitPrice − couponDiscount. */
  amount: bigint;
}

export interface DemoRefundLine {
  /** The refunded line of the order. */
  lineNo: number;
  product: DemoProduct;
  /** Pieces sent back; 0 where only money was given back. */
  quantity: bigint;
  /** Positive. */
  amount: bigint;
}

export interface DemoRefund {
  refundId: string;
  occurredAtMs: number;
  reason: string;
  lines: DemoRefundLine[];
  total: bigint;
}

export interface DemoOrder {
  orderId: string;
  customerIndex: number;
  occurredAtMs: number;
  channel: string;
  /** The province it was sent to. */
  region: string;
  promotion: string | null;
  lines: DemoOrderLine[];
  /** The sum of the lines' amounts. */
  total: bigint;
  /** In time order. Together they give back no more of a line than was paid for it. */
  refunds: DemoRefund[];
}

/** Something tracked on the mini program or the web shop, named as in Segment's e-commerce spec. */
export interface DemoEvent {
  /** A UUID. */
  messageId: string;
  customerIndex: number;
  /** The device's anonymous id. */
  deviceId: string;
  /** False before the visitor signed up: then only the device is known. */
  identified: boolean;
  occurredAtMs: number;
  kind: 'page' | 'track' | 'identify';
  /** Name of the event or the page; empty for `identify`. */
  name: string;
  channel: string;
  properties: Readonly<Record<string, unknown>>;
}

export interface DemoConsent {
  customerIndex: number;
  channel: 'sms' | 'email' | 'wechat' | 'phone' | 'push';
  purpose: 'marketing' | 'service' | 'personalisation';
  status: 'granted' | 'withdrawn';
  occurredAtMs: number;
  /** Where and how it was said, and the wording that was agreed to. */
  evidence: { source: string; wording: string };
}

/** A tag that a member of staff put on a customer by hand. */
export interface DemoTag {
  customerIndex: number;
  name: string;
  taggedAtMs: number;
}

/** What the generator knows of a customer and a shop never does; for checks of statistics. */
export interface DemoTruth {
  customerIndex: number;
  /** Purchases per day of the brand's clock while active; 0 for those who never buy. */
  purchaseRate: number;
  dropOutRate: number;
  /** Positions on the brand's clock, in days; the first is null when no order was made. */
  firstOrderAt: number | null;
  activeUntil: number;
}
