import type { IdentifierSlot } from '../../../customers/public.ts';
import { identityFields, type IdentityField } from '../../mapping/fields.ts';
import type { TextColumn } from '../../mapping/mapped-columns.ts';
import type { Mapping } from '../../mapping/mapping.ts';

/**
 * The identifiers a mapping fills, in the order of trust. A shop's own customer numbers and an
 * app's openids are unique within their source; a phone, an address and a member number are one
 * brand-wide.
 */
export function identitySlots(mapping: Mapping): { fields: IdentityField[]; slots: IdentifierSlot[] } {
  const filled = new Set([...mapping.columns.map(({ field }) => field), ...Object.keys(mapping.defaults)]);
  const fields = trust.filter((field) => filled.has(field));
  const slots = fields.map((field) => ({ kind: field, namespace: ownNumbers.has(field) ? mapping.source : '' }));
  return { fields, slots };
}

/** The columns of a mapped batch in the order of the slots. */
export const identityColumns = (
  fields: readonly IdentityField[],
  text: Partial<Record<IdentityField, TextColumn>>,
): (TextColumn | undefined)[] => fields.map((field) => text[field]);

const trust = ['external_id', 'member_no', 'unionid', 'phone', 'email', 'openid'] as const satisfies readonly IdentityField[];
const ownNumbers: ReadonlySet<string> = new Set<IdentityField>(identityFields.filter((field) => field === 'external_id' || field === 'openid'));
