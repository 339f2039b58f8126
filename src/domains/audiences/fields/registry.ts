import { Problem } from '../../../kernel/problem.ts';
import { customerFields } from './customer-fields.ts';
import type { AudienceField } from './field.ts';
import { totalsFields } from './totals-fields.ts';

/** Every field a rule may ask for: this domain's own, and what others brought. */
export interface FieldRegistry {
  all(): readonly AudienceField[];
  /** Undefined where there is no such field. `attribute.plan` is a field of its own for any key. */
  find(name: string): AudienceField | undefined;
  /** A field that is another one from time to time, as its values are computed anew, is given as a function. */
  register(field: AudienceField | (() => AudienceField)): void;
}

const attributePrefix = 'attribute.';
/** A key of a custom attribute: no quotes, no spaces, nothing that could end an identifier. */
const attributeKey = /^[^\s`'"\\.]{1,80}$/u;

export function createFieldRegistry(): FieldRegistry {
  const fields = new Map([...customerFields, ...totalsFields].map((field) => [field.name, () => field]));
  return {
    all: () => [...fields.values()].map((field) => field()),
    find: (name) => fields.get(name)?.() ?? (name.startsWith(attributePrefix) ? attributeField(name.slice(attributePrefix.length)) : undefined),
    register(field) {
      const read = typeof field === 'function' ? field : () => field;
      const { name } = read();
      if (fields.has(name)) throw new Problem('audiences.field_taken', { status: 500, params: { field: name } });
      fields.set(name, read);
    },
  };
}

/** A custom attribute as text; tests of numbers read it as one. Undefined for what cannot be a key. */
function attributeField(key: string): AudienceField | undefined {
  if (!attributeKey.test(key)) return undefined;
  return {
    name: `${attributePrefix}${key}`,
    label: 'audiences:field.attribute',
    type: 'text',
    source: 'customers',
    hasChoices: true,
    attribute: key,
    relation: "select customer_no, nullIf(toString(getSubcolumn(attributes, {attribute:String})), '') as value from customer final where status = 'active'",
  };
}
