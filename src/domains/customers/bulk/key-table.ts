/** A 128-bit key as four 32-bit words, written in place so that a lookup allocates nothing. */
export type Key = Uint32Array;

export const newKey = (): Key => new Uint32Array(4);

const slotWords = 5;
/** Above this share of taken slots probing gets long. */
const fullest = 0.7;

/**
 * Maps 128-bit keys to numbers from 1 to 2^32 - 1, by open addressing in one typed array: 20 bytes
 * a slot and no object per entry, so that ten million customers fit in 340 MB and a lookup is one
 * cache miss. The keys must already be evenly spread (they are hashes): the first word is the slot.
 */
export class KeyTable {
  size = 0;
  private slots: Uint32Array;
  private mask: number;

  /** Room for `expected` keys without growing. */
  constructor(expected = 1_000) {
    let capacity = 1_024;
    while (capacity * fullest < expected) capacity *= 2;
    this.slots = new Uint32Array(capacity * slotWords);
    this.mask = capacity - 1;
  }

  /** The key's number, 0 where it has none. */
  get(key: Key): number {
    return this.slots[this.find(key) + 4];
  }

  /** Gives the key its number, in place of an earlier one. */
  set(key: Key, value: number): void {
    if (this.size >= (this.mask + 1) * fullest) this.grow();
    const at = this.find(key);
    if (this.slots[at + 4] === 0) this.size++;
    this.put(at, key[0], key[1], key[2], key[3], value);
  }

  /** The place of the key's slot, or of the empty one where it belongs. */
  private find(key: Key): number {
    const { slots, mask } = this;
    const a = key[0];
    const b = key[1];
    const c = key[2];
    const d = key[3];
    let slot = a & mask;
    for (;;) {
      const at = slot * slotWords;
      if (slots[at + 4] === 0) return at;
      if (slots[at] === a && slots[at + 1] === b && slots[at + 2] === c && slots[at + 3] === d) return at;
      slot = (slot + 1) & mask;
    }
  }

  private put(at: number, a: number, b: number, c: number, d: number, value: number): void {
    const { slots } = this;
    slots[at] = a;
    slots[at + 1] = b;
    slots[at + 2] = c;
    slots[at + 3] = d;
    slots[at + 4] = value;
  }

  private grow(): void {
    const old = this.slots;
    this.slots = new Uint32Array(old.length * 2);
    this.mask = this.mask * 2 + 1;
    const key = newKey();
    for (let at = 0; at < old.length; at += slotWords) {
      if (old[at + 4] === 0) continue;
      for (let word = 0; word < 4; word++) key[word] = old[at + word];
      this.put(this.find(key), key[0], key[1], key[2], key[3], old[at + 4]);
    }
  }
}
