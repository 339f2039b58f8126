import { describe, expect, it } from 'vitest';
import { linksOfMessage } from './message-links.ts';
import { createMessageTokens } from './message-tokens.ts';

const tokens = createMessageTokens('a secret of at least thirty-two letters');
const written = ['https://shop.test/spring', 'https://shop.test/p/{{ product.id }}'];
const message = { runNo: 12, customerNo: 345, occasion: '' };
const links = linksOfMessage({ tokens, site: 'https://crm.shop.test', links: written, hasPixel: true }, message, 1);
const tokenOf = (url: string): string => new URL(url).pathname.split('/')[3];

describe('links of a message', () => {
  it('are named by their place alone where they are as they were written', () => {
    const url = links.track(written[0], 0);
    expect(new URL(url).search).toBe('');
    expect(url.startsWith('https://crm.shop.test/m/c/')).toBe(true);
    expect(tokens.open('click', tokenOf(url))).toEqual({ ...message, arm: 1, position: 0 });
  });

  it('go along, signed, where they are this person\'s own', () => {
    const own = 'https://shop.test/p/7?a=1&b=茶';
    const url = new URL(links.track(own, 1));
    expect(url.searchParams.get('u')).toBe(own);
    expect(tokens.open('click', tokenOf(url.href), own)).toMatchObject({ position: 1 });
    // Without it, or with another, the signature does not hold.
    expect(tokens.open('click', tokenOf(url.href))).toBeNull();
    expect(tokens.open('click', tokenOf(url.href), 'https://evil.test/')).toBeNull();
  });

  it('are left alone where they are no pages', () => {
    for (const url of ['tel:+8613800138000', 'mailto:help@shop.test', '#top', '', 'javascript:alert(1)']) {
      expect(links.track(url, 0)).toBe(url);
    }
  });

  it('of one message cannot be used for another, nor one kind as another', () => {
    const other = linksOfMessage({ tokens, site: 'https://crm.shop.test', links: written, hasPixel: true }, { ...message, customerNo: 346 }, 1);
    expect(other.track(written[0], 0)).not.toBe(links.track(written[0], 0));
    expect(tokens.open('unsubscribe', tokenOf(links.preferencesUrl))).toBeNull();
    expect(tokens.open('unsubscribe', tokenOf(links.unsubscribeUrl))).toMatchObject(message);
    expect(tokens.open('open', tokenOf(links.pixelUrl ?? ''))).toMatchObject(message);
  });

  it('have no picture where a channel shows none', () => {
    expect(linksOfMessage({ tokens, site: 'https://crm.shop.test', links: [], hasPixel: false }, message, 0).pixelUrl).toBeNull();
  });
});
