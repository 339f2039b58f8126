import type { AudienceField, FieldType } from './field.ts';

const columns: Record<string, { type: FieldType; value: string; hasChoices?: boolean }> = {
  gender: { type: 'text', value: "nullIf(toString(gender), '')", hasChoices: true },
  birth_date: { type: 'day', value: 'birth_date' },
  country: { type: 'text', value: "nullIf(toString(country), '')", hasChoices: true },
  province: { type: 'text', value: "nullIf(toString(province), '')", hasChoices: true },
  city: { type: 'text', value: "nullIf(toString(city), '')", hasChoices: true },
  language: { type: 'text', value: "nullIf(toString(language), '')", hasChoices: true },
  first_channel: { type: 'text', value: "nullIf(toString(channel), '')", hasChoices: true },
  first_seen: { type: 'moment', value: 'toNullable(created_at)' },
};

/** What a profile says that is not personal. A survivor's row holds what the whole lineage says. */
export const customerFields: AudienceField[] = Object.entries(columns).map(([name, { value, ...column }]) => ({
  name,
  label: `audiences:field.${name}`,
  source: 'customers',
  relation: `select customer_no, ${value} as value from customer final where status = 'active'`,
  ...column,
}));
