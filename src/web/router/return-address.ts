/** The sign-in page, told where the person wanted to go. */
export const signInAddress = (wanted: string): string =>
  wanted === '/' || wanted.startsWith('/sign-in')
    ? '/sign-in'
    : `/sign-in?return=${encodeURIComponent(wanted)}`;

/** Where to go after signing in. Only an address of our own is followed. */
export function returnAddress(search: string): string {
  const wanted = new URLSearchParams(search).get('return') ?? '/';
  const isOwn = /^\/(?![/\\])/.test(wanted) && !wanted.startsWith('/sign-in');
  return isOwn ? wanted : '/';
}
