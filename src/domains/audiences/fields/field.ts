/** What a field's values are. `day` is a day of the calendar, `moment` an instant. */
export type FieldType = 'text' | 'number' | 'moment' | 'day';

/**
 * Something that is known of a customer and may be asked for in a rule. Other domains register theirs;
 * this domain knows none of them by name.
 */
export interface AudienceField {
  /** `gender`, `membership.tier`. */
  name: string;
  /** Message with its namespace: `audiences:field.gender`. */
  label: string;
  type: FieldType;
  unit?: 'money' | 'number' | 'days';
  /**
   * A ClickHouse query of two columns: `customer_no`, at most once each and as people count today, and
   * `value`, Nullable: text as String, numbers as Decimal(…, 4), days as Date32, moments as DateTime64(3).
   */
  relation: string;
  /** The key of a custom attribute; bound as `{attribute:String}` where the relation names it. */
  attribute?: string;
  /** Which data it changes with: facts, or what is known of customers. */
  source: 'facts' | 'customers';
  /** Order lines alone change it, of all facts. */
  ofOrders?: boolean;
  /** What its values were computed by, where that is done now and then: another version may mean others. */
  version?: string;
  /** Values worth offering in a list. */
  hasChoices?: boolean;
  /** Where the values are words of the product itself: the message of `lost` is `<words>.lost`, with its namespace: `insights:lifecycle.state`. */
  words?: string;
}
