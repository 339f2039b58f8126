import { describe, expect, it } from 'vitest';
import { returnAddress, signInAddress } from './return-address.ts';

describe('signing in', () => {
  it('leads back to where the person wanted to go', () => {
    const address = signInAddress('/users/12?tab=orders');
    expect(returnAddress(address.slice('/sign-in'.length))).toBe('/users/12?tab=orders');
  });

  it('leads to the start where nothing was wanted', () => {
    expect(signInAddress('/')).toBe('/sign-in');
    expect(signInAddress('/sign-in?return=%2Fusers')).toBe('/sign-in');
    expect(returnAddress('')).toBe('/');
  });

  it.each(['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '/sign-in?x'])(
    'follows no address of another: %s',
    (wanted) => expect(returnAddress(`?return=${encodeURIComponent(wanted)}`)).toBe('/'),
  );
});
