import { passes } from '../../resolve/number-test.ts';
import type { ResolvedCondition, ResolvedFieldTest } from '../../resolve/resolved.ts';
import type { FieldType } from '../../fields/field.ts';
import type { FieldValue } from '../person-facts.ts';
import type { Check, Found } from './check.ts';
import { isWithin, textTest } from './tests.ts';
import { dayFinder } from './zone-days.ts';

export function checkField({ field, test }: Extract<ResolvedCondition, { kind: 'field' }>): Check {
  const holds = valueTest(field.type, test);
  return ({ fields }) => {
    const value = fields.get(field.name);
    return { holds: holds(value), found: value === undefined ? null : foundOf(field.type, value) };
  };
}

function valueTest(type: FieldType, test: ResolvedFieldTest): (value: FieldValue | undefined) => boolean {
  switch (test.test) {
    case 'within': return (value) => typeof value === 'number' && isWithin(test.range, value);
    case 'days': return (value) => typeof value === 'string' && (test.from === null || value >= test.from) && (test.to === null || value <= test.to);
    case 'anniversary': {
      const dayOf = dayFinder(test.zone);
      const monthDays = new Set(test.monthDays);
      return (value) => value !== undefined && monthDays.has((typeof value === 'number' ? dayOf(value) : String(value)).slice(5));
    }
    case 'compare':
      if (type === 'number') return (value) => typeof value === 'bigint' && passes(test.compare, value);
      break;
    case 'known': return (value) => value !== undefined;
    case 'unknown': return (value) => value === undefined;
  }
  const passesText = textTest(test);
  return (value) => passesText(value === undefined ? undefined : String(value));
}

function foundOf(type: FieldType, value: FieldValue): Found {
  if (typeof value === 'bigint') return { number: value };
  if (typeof value === 'number') return { moment: value };
  return type === 'day' ? { day: value } : { words: [value] };
}
