const equals = 61;
const quote = 34;
const apostrophe = 39;

/**
 * Shops export long numbers so that spreadsheets do not round them: as the formula
 * `="2020022100001"` or with a leading apostrophe. This is where the number itself starts.
 */
export function unwrappedStart(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] === apostrophe && end - start > 1) return start + 1;
  return isFormula(bytes, start, end) ? start + 2 : start;
}

/** The end that belongs to `unwrappedStart`, for the same range. */
export const unwrappedEnd = (bytes: Uint8Array, start: number, end: number): number =>
  isFormula(bytes, start, end) ? end - 1 : end;

const isFormula = (bytes: Uint8Array, start: number, end: number): boolean =>
  bytes[start] === equals && bytes[start + 1] === quote && end - start > 2 && bytes[end - 1] === quote;
