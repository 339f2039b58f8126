/** Why an event cannot become a fact. Each has its sentence `reason.<name>` in this domain's messages. */
export const setAsideReasons = [
  'not_an_object',
  'unknown_type',
  'nobody',
  'id_not_usable',
  'no_event_name',
  'no_previous_id',
  'no_group_id',
  'not_an_object_inside',
  'not_a_time',
  'too_long_ago',
  'from_the_future',
  'too_large',
  'too_deep',
  'too_many_keys',
  'nul_character',
  'broken_character',
  'forbidden_key',
  'order_unknown',
  'not_a_number',
  'processing_failed',
] as const;
export type SetAsideReason = (typeof setAsideReasons)[number];

/** A reason, and where in the event it was found (`properties.products.0.price`). Never a value. */
export interface Refusal {
  reason: SetAsideReason;
  path?: string;
}
