import { maskEmail, maskPhone, maskText } from '../../../customers/public.ts';

/** An address of any channel as who may not see personal data sees it. */
export function maskAddress(address: string): string {
  if (address.includes('@')) return maskEmail(address);
  return /^\+?\d{6,15}$/.test(address) ? maskPhone(address) : maskText(address);
}
