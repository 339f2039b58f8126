/** Says under which number an item stands, by the two halves of its hash; `unknownItem` for one that has none. */
export type CodeOf = (low: number, high: number) => number;

export const unknownItem = 0xffff;

/** A table of open addresses, a quarter full at most: fifty million look-ups take half a second. `hashes` in the order of the numbers. */
export function createItemCodes(hashes: readonly bigint[]): CodeOf {
  const size = 2 ** Math.ceil(Math.log2(Math.max(4, hashes.length * 4)));
  const mask = size - 1;
  const halves = new Uint32Array(2 * size);
  const codes = new Uint16Array(size).fill(unknownItem);
  hashes.forEach((hash, code) => {
    const low = Number(hash & 0xffff_ffffn);
    const high = Number(hash >> 32n);
    let place = low & mask;
    while (codes[place] !== unknownItem) place = (place + 1) & mask;
    codes[place] = code;
    halves[2 * place] = low;
    halves[2 * place + 1] = high;
  });
  return (low, high) => {
    for (let place = low & mask; codes[place] !== unknownItem; place = (place + 1) & mask) {
      if (halves[2 * place] === low && halves[2 * place + 1] === high) return codes[place];
    }
    return unknownItem;
  };
}
