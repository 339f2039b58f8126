/**
 * The exact texts of the elements of the array `batch` in a JSON object that is known to be well formed.
 * Works without recursion and without making values, so that what cannot be written again can still be kept as it came.
 */
export function sliceEvents(text: string): string[] {
  const slices: string[] = [];
  let depth = 0;
  let inBatch = false;
  let start = -1;
  let lastKey = '';
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '"') {
      const end = stringEnd(text, at);
      if (depth === 1) lastKey = text.slice(at + 1, end);
      if (inBatch && depth === 2 && start < 0) start = at;
      at = end;
    } else if (char === '{' || char === '[') {
      if (inBatch && depth === 2 && start < 0) start = at;
      depth++;
      if (depth === 2) inBatch = char === '[' && lastKey === 'batch';
    } else if (char === '}' || char === ']') {
      if (inBatch && depth === 2) {
        if (start >= 0) slices.push(text.slice(start, at).trim());
        start = -1;
        inBatch = false;
      }
      depth--;
    } else if (inBatch && depth === 2) {
      if (char === ',') {
        slices.push(text.slice(start, at).trim());
        start = -1;
      } else if (start < 0 && char > ' ') start = at;
    }
  }
  return slices;
}

function stringEnd(text: string, opening: number): number {
  let at = opening + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}
