/**
 * A whole number below 2^32 for a customer and a salt: the same here and in ClickHouse, where it is
 * `murmurHash3_32(concat(salt, ' ', toString(customer_no)))`.
 */
export const sampleHash = (salt: string, customerNo: number): number => murmurHash3(Buffer.from(`${salt} ${customerNo}`));

/** MurmurHash3 for 32 bits by Austin Appleby (public domain), with seed 0. */
function murmurHash3(bytes: Uint8Array): number {
  const whole = bytes.length & ~3;
  let hash = 0;
  for (let at = 0; at < whole; at += 4) {
    hash ^= scramble(bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24));
    hash = Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64;
  }
  let rest = 0;
  for (let at = bytes.length - 1; at >= whole; at--) rest = (rest << 8) | bytes[at];
  hash ^= scramble(rest) ^ bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function scramble(word: number): number {
  const mixed = Math.imul(word, 0xcc9e2d51);
  return Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
}
