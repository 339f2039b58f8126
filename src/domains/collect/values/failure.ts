/**
 * Why a row or one of its values was not taken. The hot path carries these small numbers;
 * people see the sentence `row.<name>` of this domain's messages.
 */
export const failure = {
  none: 0,
  missing_columns: 1,
  too_many_columns: 2,
  stray_quote: 3,
  unterminated_quote: 4,
  row_too_long: 5,
  bad_encoding: 6,
  bad_json: 7,
  not_an_object: 8,
  value_required: 9,
  not_a_number: 10,
  too_many_decimals: 11,
  number_too_large: 12,
  percent_not_accepted: 13,
  not_a_time: 14,
  impossible_date: 15,
  date_out_of_range: 16,
  date_in_future: 17,
  not_a_phone: 18,
  phone_masked: 19,
  not_an_email: 20,
  not_a_gender: 21,
  not_a_boolean: 22,
  not_a_kind: 23,
  not_a_currency: 24,
  text_too_long: 25,
  damaged_by_spreadsheet: 26,
  no_identity: 27,
} as const;

export type FailureName = Exclude<keyof typeof failure, 'none'>;
/** One of the numbers of `failure`; 0 is success. */
export type Failure = (typeof failure)[keyof typeof failure];

const names = Object.keys(failure) as (keyof typeof failure)[];

/** The stable code of a failure, as stored and shown: `too_many_decimals`. */
export const failureName = (code: Failure): FailureName => names[code] as FailureName;
