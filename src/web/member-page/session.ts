import type { MemberPage } from '../../domains/membership/contract.ts';
import { ask } from './ask.ts';

/**
 * Opens the page by the token behind the `#`, which is taken out of the address at once, so that it stays in no history and no
 * picture of the screen; without one the cookie of an earlier visit does.
 */
export async function openByLink(): Promise<MemberPage> {
  const token = location.hash.slice(1);
  if (token !== '') {
    history.replaceState(null, '', location.pathname);
    await ask('POST', '/session', { token });
  }
  return ask<MemberPage>('GET', '/page');
}
