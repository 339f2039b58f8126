import { describe, expect, it } from 'vitest';
import { readReport } from './report.ts';
import { meaningOf } from './words.ts';

describe('words of refusal', () => {
  it.each([
    '退订',
    'TD',
    'td',
    'Ｔ',
    'ｔｄ',
    'R',
    'r ',
    '回R',
    '回复 TD',
    'N',
    'n。',
    'STOP',
    'Stop!',
    '“退订”',
    '退訂',
    '【退订】',
    'unsubscribe',
    '取消订阅',
    'TD退订',
    '退订谢谢',
  ])('%s ends marketing', (text) => {
    expect(meaningOf(text)).toBe('stop');
  });
  it.each([
    '',
    '好的',
    'N95 口罩有吗',
    'Thanks',
    'T恤几号到',
    'R u open?',
    '不退订',
    'Td bank',
    '1',
  ])('%s is an answer like another', (text) => {
    expect(meaningOf(text)).toBe('replied');
  });
  it.each(['START', '恢复', 'unstop'])('%s asks to begin again', (text) => {
    expect(meaningOf(text)).toBe('start');
  });
});

describe('reports in the bounce mailbox', () => {
  const report = (kind: string, fields: string) =>
    `To: Bounces <b+1-x@shop.test>\nContent-Type: multipart/report; report-type=${kind};\n\tboundary=B\n\n--B\nContent-Type: text/plain\n\nhello\n--B\nContent-Type: message/${kind}\n\n${fields}\n--B--\n`;
  it('say what became of a message, whatever line ends they have', () => {
    const text = report(
      'delivery-status',
      'Reporting-MTA: dns; mx\n\nOriginal-Recipient: rfc822;lin@shop.test\nFinal-Recipient: rfc822; other@shop.test\nAction: failed\nStatus: 4.4.7 (expired)\n',
    );
    const expected = {
      kind: 'delivery',
      to: 'b+1-x@shop.test',
      recipient: 'lin@shop.test',
      action: 'failed',
      status: '4.4.7',
    };
    expect(readReport(text)).toEqual(expected);
    expect(readReport(text.replaceAll('\n', '\r\n'))).toEqual(expected);
  });
  it('say that somebody complained', () => {
    expect(
      readReport(
        report(
          'feedback-report',
          'Feedback-Type: abuse\nOriginal-Rcpt-To: <lin@shop.test>\n',
        ),
      ),
    ).toEqual({
      kind: 'complaint',
      to: 'b+1-x@shop.test',
      recipient: 'lin@shop.test',
      type: 'abuse',
    });
  });
  it.each([
    '',
    'x',
    'To: a@b.c\n\nI am away',
    report('delivery-status', 'nothing'),
    'Content-Type: multipart/report\n\n',
    `To: a@b.c\nContent-Type: multipart/report; boundary=${'-'.repeat(99)}\n\n${'--'.repeat(50_000)}`,
  ])('are none of what says nothing (%#)', (text) => {
    expect(readReport(text)).toBeNull();
  });
});
