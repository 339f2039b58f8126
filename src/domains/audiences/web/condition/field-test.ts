import type { FieldTest } from '../../contract.ts';
import type { FieldList } from '../inputs/use-field-list.ts';

type FieldType = FieldList['fields'][number]['type'];

/** The tests that a type of field can answer, the usual one first. */
export const testsOf: Record<FieldType, readonly FieldTest['test'][]> = {
  text: ['any_of', 'none_of', 'contains', 'starts_with', 'compare', 'known', 'unknown'],
  number: ['compare', 'known', 'unknown'],
  moment: ['within', 'anniversary', 'known', 'unknown'],
  day: ['anniversary', 'within', 'known', 'unknown'],
};

/** A test to begin with; what was said before is kept where the new test can say it, too. */
export function newTest(test: FieldTest['test'], before?: FieldTest): FieldTest {
  switch (test) {
    case 'any_of':
    case 'none_of': return { test, values: before && 'values' in before ? before.values : [] };
    case 'contains':
    case 'starts_with': return { test, value: before && 'value' in before ? before.value : '' };
    case 'compare': return { test, compare: { is: 'at_least', value: '' } };
    case 'within': return { test, period: { from: { ago: 30, unit: 'day' } } };
    case 'anniversary': return { test, from: 0, to: 7 };
    case 'known':
    case 'unknown': return { test };
  }
}
