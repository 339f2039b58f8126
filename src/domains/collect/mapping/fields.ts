/** What one import holds. Browser-safe, as all of this file. */
export const importKinds = ['order_lines', 'customers', 'events', 'products'] as const;
export type ImportKind = (typeof importKinds)[number];

export type FieldType =
  | 'text'
  | 'id'
  | 'decimal'
  | 'time'
  | 'day'
  | 'phone'
  | 'email'
  | 'gender'
  | 'boolean'
  | 'order_kind'
  | 'region'
  | 'address'
  | 'currency'
  | 'attribute';

/** A thing that a column may mean. */
export interface Field {
  type: FieldType;
  /** Personal data: its values are masked in reports for those without the permission. */
  personal?: true;
  /** A row whose value here is unusable is rejected; without, only the value is left out and reported. */
  essential?: true;
  /** Several columns may mean this, told apart by their options. */
  repeatable?: true;
  /** Characters of a text at most. */
  maxLength?: number;
}

/** The identifiers a customer is found by, alike in every kind of import. */
export const identityFields = ['external_id', 'phone', 'email', 'member_no', 'unionid', 'openid'] as const;
export type IdentityField = (typeof identityFields)[number];

const identity = {
  external_id: { type: 'id', essential: true, maxLength: 200 },
  phone: { type: 'phone', personal: true },
  email: { type: 'email', personal: true },
  member_no: { type: 'id', maxLength: 200 },
  unionid: { type: 'id', personal: true, maxLength: 200 },
  openid: { type: 'id', personal: true, maxLength: 200 },
} as const satisfies Record<string, Field>;

const product = {
  product_id: { type: 'id', essential: true, maxLength: 200 },
  product_name: { type: 'text', maxLength: 500 },
  category: { type: 'text', maxLength: 200 },
  category_parent: { type: 'text', maxLength: 200 },
  brand: { type: 'text', maxLength: 200 },
} as const satisfies Record<string, Field>;

const orderLine = {
  order_id: { type: 'id', essential: true, maxLength: 200 },
  /** Of a return with a number of its own: the order that it takes back. */
  original_order_id: { type: 'id', maxLength: 200 },
  line_id: { type: 'id', essential: true, maxLength: 200 },
  occurred_at: { type: 'time', essential: true },
  paid_at: { type: 'time', essential: true },
  refunded_at: { type: 'time', essential: true },
  ...identity,
  customer_name: { type: 'text', personal: true, maxLength: 200 },
  ...product,
  quantity: { type: 'decimal', essential: true },
  unit_price: { type: 'decimal', essential: true },
  amount: { type: 'decimal', essential: true },
  paid_amount: { type: 'decimal', essential: true },
  order_total: { type: 'decimal', essential: true },
  refund_amount: { type: 'decimal', essential: true },
  tax: { type: 'decimal' },
  freight: { type: 'decimal' },
  coupon_paid: { type: 'decimal' },
  points_paid: { type: 'decimal' },
  gift_card_paid: { type: 'decimal' },
  order_kind: { type: 'order_kind', essential: true },
  channel: { type: 'text', maxLength: 100 },
  region: { type: 'region', maxLength: 100 },
  address: { type: 'address', personal: true, maxLength: 100 },
  currency: { type: 'currency', essential: true },
} as const satisfies Record<string, Field>;

const customer = {
  ...identity,
  customer_name: { type: 'text', personal: true, maxLength: 200 },
  gender: { type: 'gender' },
  birthday: { type: 'day', personal: true },
  language: { type: 'text', maxLength: 20 },
  city: { type: 'text', maxLength: 100 },
  province: { type: 'region', maxLength: 100 },
  address: { type: 'address', personal: true, maxLength: 100 },
  created_at: { type: 'time' },
  tags: { type: 'text', maxLength: 2000 },
  consent: { type: 'boolean', repeatable: true },
  attribute: { type: 'attribute', repeatable: true, maxLength: 1000 },
} as const satisfies Record<string, Field>;

const event = {
  event_id: { type: 'id', essential: true, maxLength: 200 },
  event_name: { type: 'text', essential: true, maxLength: 200 },
  occurred_at: { type: 'time', essential: true },
  ...identity,
  channel: { type: 'text', maxLength: 100 },
  attribute: { type: 'attribute', repeatable: true, maxLength: 1000 },
} as const satisfies Record<string, Field>;

const productCard = {
  ...product,
  unit_price: { type: 'decimal' },
  attribute: { type: 'attribute', repeatable: true, maxLength: 1000 },
} as const satisfies Record<string, Field>;

export type OrderLineField = keyof typeof orderLine;
export type CustomerField = keyof typeof customer;
export type EventField = keyof typeof event;
export type ProductField = keyof typeof productCard;
export type FieldName = OrderLineField | CustomerField | EventField | ProductField;

/** The fields of each kind, in the order in which a person is offered them. */
export const fieldsOf: Record<ImportKind, Readonly<Record<string, Field>>> = {
  order_lines: orderLine,
  customers: customer,
  events: event,
  products: productCard,
};

/** The field of a kind by its name, or undefined where the kind has none of that name. */
export const fieldOf = (kind: ImportKind, name: string): Field | undefined =>
  Object.hasOwn(fieldsOf[kind], name) ? fieldsOf[kind][name] : undefined;
