/** Where a message's reports go: the bounce mailbox, with the message's key and a mark that nobody else can make. */
export function verpAddress(bounceAddress: string, key: string, mark: string): string {
  const at = bounceAddress.lastIndexOf('@');
  return `${bounceAddress.slice(0, at)}+${key}-${mark}${bounceAddress.slice(at)}`;
}

/** The key in an address that reports went to; null where it is not one of ours. */
export function verpKeyOf(bounceAddress: string, address: string, isMarked: (key: string, mark: string) => boolean): string | null {
  const at = bounceAddress.lastIndexOf('@');
  const [before, behind] = [`${bounceAddress.slice(0, at)}+`, bounceAddress.slice(at)];
  if (at < 0 || !address.toLowerCase().startsWith(before.toLowerCase()) || !address.toLowerCase().endsWith(behind.toLowerCase())) return null;
  const middle = address.slice(before.length, address.length - behind.length);
  // The mark has a fixed length, and may have a hyphen in it.
  const [key, mark] = [middle.slice(0, -23), middle.slice(-22)];
  return middle.length > 23 && middle.at(-23) === '-' && isMarked(key, mark) ? key : null;
}
