/** A Chinese mobile number as most files write it: eleven digits, 13 to 19 first. `+86` before it makes it E.164. */
export function isPlainMobile(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start !== 11 || bytes[start] !== 49 || bytes[start + 1] < 51) return false;
  for (let p = start; p < end; p++) if (bytes[p] < 48 || bytes[p] > 57) return false;
  return true;
}

/** 1 for lower-case letters, digits and the underscore. */
const nameBytes = new Uint8Array(256);
for (const byte of Buffer.from('abcdefghijklmnopqrstuvwxyz0123456789_')) nameBytes[byte] = 1;
const at = 64;
const dot = 46;
const underscore = 95;
const longestEmail = 254;
const longestMailbox = 64;

/**
 * A mail address that is already as it is stored, `first.last@example.com`: parts of letters and
 * digits, single dots between them. Spares most addresses the making of a string.
 */
export function isPlainEmail(bytes: Uint8Array, start: number, end: number): boolean {
  let atSign = 0;
  let lastDot = 0;
  for (let p = start; p < end; p++) {
    const byte = bytes[p];
    if (nameBytes[byte] === 1) {
      if (byte === underscore && atSign > 0) return false;
      continue;
    }
    if (byte === at && atSign === 0) atSign = p;
    else if (byte !== dot) return false;
    if (p === start || nameBytes[bytes[p - 1]] === 0) return false;
    if (byte === dot && atSign > 0) lastDot = p;
  }
  if (lastDot === 0 || end - lastDot < 3 || end - start > longestEmail || atSign - start > longestMailbox) return false;
  for (let p = lastDot + 1; p < end; p++) if (bytes[p] < 97) return false;
  return true;
}
