import { normaliseEmail, normalisePhone, type Normalised, type Refusal } from '../../customers/contract.ts';
import { failure, type Failure } from './failure.ts';
import type { TextResult } from './text-result.ts';

const failures: Record<Refusal, Failure> = {
  phone_masked: failure.phone_masked,
  damaged_by_spreadsheet: failure.damaged_by_spreadsheet,
  not_a_phone: failure.not_a_phone,
  not_an_email: failure.not_an_email,
  identifier_empty: failure.value_required,
  identifier_too_long: failure.text_too_long,
};

const asCell = (normal: Normalised): TextResult => ('text' in normal ? normal : { failure: failures[normal.refusal] });

/** A phone number as the vault compares it, or why the row is not taken. */
export const readPhone = (raw: string): TextResult => asCell(normalisePhone(raw));

/** The same for a mail address. */
export const readEmail = (raw: string): TextResult => asCell(normaliseEmail(raw));
