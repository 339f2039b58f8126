import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import type { Parcel } from '../../part.ts';
import { mimeOf } from './mime.ts';

const values = { fromAddress: 'news@shop.test', fromName: '茶山, 春茶', replyTo: '' };
const mailOf = (message: Partial<Parcel['message']>, parcel: Partial<Parcel> = {}): string =>
  mimeOf({ key: '7.1', to: 'u1@example.com', locale: 'zh-CN', purpose: 'marketing', message: { subject: '春茶上新', text: '你好', ...message }, ...parcel }, values).toString('latin1');
/** Readers end lines their own way, and drop what stands at the end. */
const plain = (text: string | false | undefined): string => (text || '').replace(/\r\n/g, '\n').trimEnd();
// What templates write holds no other control characters, and is well formed.
const words = fc.oneof(fc.string({ maxLength: 300 }), fc.string({ unit: 'binary', maxLength: 300 }), fc.stringMatching(/^[ -~\n]{0,2000}$/))
  .map((text) => text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff]/g, '').toWellFormed());

describe('a mail as it is sent', () => {
  it('is read as it was written, in lines that every server takes', async () => {
    await fc.assert(fc.asyncProperty(words, words, async (text, html) => {
      const content = mailOf({ text, html });
      expect(content.split('\r\n').every((line) => line.length <= 76 && !/[\r\n\u0080-\u00ff]/.test(line))).toBe(true);
      const mail = await simpleParser(content);
      expect([plain(mail.text), plain(mail.html)]).toEqual([plain(text), plain(html)]);
    }), { numRuns: 300 });
  });

  it('of plain English is readable as it stands; without a page it is words alone', async () => {
    const content = mailOf({ text: 'Spring tea has arrived = 20 % off.\n.dot' });
    expect(content).toContain('Spring tea has arrived =3D 20 % off.\r\n.dot');
    expect((await simpleParser(content)).html).toBe(false);
  });

  it('has nobody else and no other header, whatever its subject and names hold', async () => {
    const mail = await simpleParser(mailOf({ subject: 'a\r\nBcc: x@y.test\r\n\r\nhello' }, { unsubscribeUrl: 'https://crm.shop.test/u' }));
    expect([...mail.headers.keys()].sort()).toEqual(['content-language', 'content-type', 'date', 'from', 'list', 'message-id', 'mime-version', 'precedence', 'subject', 'to', 'x-auto-response-suppress']);
    expect(mail.from?.value).toEqual([{ name: '茶山, 春茶', address: 'news@shop.test' }]);
    expect(mail.to).toMatchObject({ value: [{ address: 'u1@example.com' }] });
  });
});
