import { describe, expect, it } from 'vitest';
import { fetchesEverything, isPerson } from './visitor.ts';

const chrome = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36';
const wechat = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.49 NetType/WIFI Language/zh_CN';

describe('whoever follows a link', () => {
  it.each([['a browser', chrome], ['a chat program\'s browser', wechat]])('is a person by %s', (_, agent) => {
    expect(isPerson('GET', { 'user-agent': agent })).toBe(true);
  });

  it.each([
    ['looks only whether it is there', 'HEAD', { 'user-agent': chrome }],
    ['fetches ahead', 'GET', { 'user-agent': chrome, 'sec-purpose': 'prefetch' }],
    ['renders ahead', 'GET', { 'user-agent': chrome, 'sec-purpose': 'prefetch;prerender' }],
    ['fetches ahead as it was called before', 'GET', { 'user-agent': chrome, purpose: 'prefetch' }],
    ['fetches ahead in a Firefox of before', 'GET', { 'user-agent': chrome, 'x-moz': 'prefetch' }],
    ['shows a preview', 'GET', { 'user-agent': chrome, 'x-purpose': 'preview' }],
    ['says nothing of itself', 'GET', {}],
    ['is a search engine', 'GET', { 'user-agent': 'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)' }],
    ['is a script', 'GET', { 'user-agent': 'python-requests/2.32' }],
    ['is a gateway of mails', 'GET', { 'user-agent': 'Mozilla/5.0 (compatible; Barracuda Sentinel)' }],
  ])('is none that %s', (_, method, headers) => {
    expect(isPerson(method, headers)).toBe(false);
  });
});

describe('whoever fetches a picture', () => {
  it('fetches those of all mails under the bare name of mail privacy protection', () => {
    expect(fetchesEverything({ 'user-agent': 'Mozilla/5.0' })).toBe(true);
    expect(fetchesEverything({ 'user-agent': chrome })).toBe(false);
    expect(fetchesEverything({ 'user-agent': 'Mozilla/5.0 (via ggpht.com GoogleImageProxy)' })).toBe(false);
    expect(fetchesEverything({})).toBe(false);
  });
});
