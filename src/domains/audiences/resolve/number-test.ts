import type { NumberTest } from './resolved.ts';

/** True when the number, in ten-thousandths, passes. */
export function passes(test: NumberTest, value: bigint): boolean {
  switch (test.is) {
    case 'at_least': return value >= test.value;
    case 'at_most': return value <= test.value;
    case 'more_than': return value > test.value;
    case 'less_than': return value < test.value;
    case 'equals': return value === test.value;
    case 'not_equals': return value !== test.value;
    case 'between': return value >= test.from && value <= test.to;
  }
}
