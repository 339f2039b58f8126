import { z } from 'zod';

/** A list in an address: absent is none, one text is a list of one. For `useSearchState`. */
export const searchList = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
    z.array(item),
  );
