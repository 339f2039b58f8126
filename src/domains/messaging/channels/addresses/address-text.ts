/** Where a message of a channel goes: the address, and within what it is valid where it is not everywhere (the app of an open id). */
export interface Address {
  space: string;
  value: string;
}

const separator = '\n';

/** An address as parcels carry it. */
export const addressText = ({ space, value }: Address): string => (space === '' ? value : `${space}${separator}${value}`);

export function openAddress(text: string): Address {
  const at = text.indexOf(separator);
  return at < 0 ? { space: '', value: text } : { space: text.slice(0, at), value: text.slice(at + 1) };
}
