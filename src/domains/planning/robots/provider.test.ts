import { describe, expect, it } from 'vitest';
import {
  plainText,
  readAnswer,
  type RobotMeaning,
  type RobotProvider,
  withinBytes,
} from './provider.ts';
import { dingtalk } from './providers/dingtalk.ts';
import { feishu } from './providers/feishu.ts';
import { wecom } from './providers/wecom.ts';

const refused = (
  code: Extract<RobotMeaning, { outcome: 'refused' }>['code'],
): RobotMeaning => ({ outcome: 'refused', code });
const sent: RobotMeaning = { outcome: 'sent' };
const slow: RobotMeaning = { outcome: 'slow' };
const now = new Date('2026-06-18T04:00:00Z');
const address = (provider: RobotProvider, secret: string | null = null) => ({
  url: `https://${provider.hosts[0]}${provider.path}?k=1`,
  secret,
});

describe('what a provider’s answer means', () => {
  const answers: [string, RobotProvider, number, unknown, RobotMeaning][] = [
    ['Feishu said it', feishu, 200, { code: 0, msg: 'success', data: {} }, sent],
    [
      'Feishu said it in its older words',
      feishu,
      200,
      { StatusCode: 0, StatusMessage: 'success' },
      sent,
    ],
    ['Feishu had too much', feishu, 200, { code: 11232, msg: 'frequency limited' }, slow],
    [
      'Feishu knows no such robot',
      feishu,
      400,
      { code: 19001, msg: 'param invalid: incoming webhook access token invalid' },
      refused('robot_unknown'),
    ],
    [
      'Feishu could not read it',
      feishu,
      400,
      { code: 9499, msg: 'Bad Request' },
      refused('robot_refused'),
    ],
    [
      'Feishu did not like the sender’s address',
      feishu,
      200,
      { code: 19022, msg: 'Ip Not Allowed' },
      refused('robot_refused'),
    ],
    ['DingTalk said it', dingtalk, 200, { errcode: 0, errmsg: 'ok' }, sent],
    [
      'DingTalk had too much',
      dingtalk,
      200,
      { errcode: 130101, errmsg: 'send too fast' },
      slow,
    ],
    [
      'DingTalk had too much of all',
      dingtalk,
      200,
      { errcode: 90030, errmsg: 'webhook over limit' },
      slow,
    ],
    [
      'DingTalk wants a word',
      dingtalk,
      200,
      { errcode: 310000, errmsg: '关键词不匹配' },
      refused('robot_keyword'),
    ],
    [
      'DingTalk does not know the clock',
      dingtalk,
      200,
      { errcode: 310000, errmsg: 'invalid timestamp' },
      refused('robot_signature'),
    ],
    [
      'DingTalk lost the group',
      dingtalk,
      200,
      { errcode: 300005, errmsg: 'token is not exist' },
      refused('robot_unknown'),
    ],
    ['WeCom said it', wecom, 200, { errcode: 0, errmsg: 'ok' }, sent],
    [
      'WeCom had too much',
      wecom,
      200,
      { errcode: 45009, errmsg: 'api freq out of limit' },
      slow,
    ],
    [
      'WeCom knows no such robot',
      wecom,
      200,
      { errcode: 93000, errmsg: 'invalid webhook url' },
      refused('robot_unknown'),
    ],
    [
      'WeCom found it too long',
      wecom,
      200,
      { errcode: 45002, errmsg: 'content size out of limit' },
      refused('robot_refused'),
    ],
    ['its gateway is down', wecom, 502, '<html>', slow],
    ['its gateway is overrun', feishu, 429, '', slow],
    [
      'a zero that is a text is no answer',
      dingtalk,
      200,
      { errcode: '0' },
      refused('robot_refused'),
    ],
    [
      'a zero beside a failure is none',
      feishu,
      400,
      { code: 0 },
      refused('robot_refused'),
    ],
    ['a list is no answer', wecom, 200, [], refused('robot_refused')],
    ['nothing is no answer', wecom, 200, null, refused('robot_refused')],
  ];

  it.each(answers)('%s', (_name, provider, status, body, outcome) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    expect(readAnswer(provider, { status, text, headers: {} })).toMatchObject(outcome);
  });
});

describe('what a provider says itself', () => {
  const words = (provider: RobotProvider, status: number, text: string): string => {
    const found = readAnswer(provider, { status, text, headers: {} });
    return found.outcome === 'refused' ? found.words : '';
  };

  it('is told with its code, as one line that is not long, and where it is no answer of its, what it was', () => {
    expect(words(wecom, 200, '{"errcode":45002,"errmsg":"content size out of limit"}')).toBe('45002 content size out of limit');
    expect(words(feishu, 400, '{"code":9499,"msg":"Bad\\n\\u0000 Request"}')).toBe('9499 Bad Request');
    expect(words(dingtalk, 403, '<html>no</html>')).toBe('HTTP 403 <html>no</html>');
    expect(words(dingtalk, 200, '{"errcode":400000}')).toBe('400000');
    expect(words(wecom, 200, JSON.stringify({ errcode: 1, errmsg: '错'.repeat(5_000) }))).toHaveLength(101);
  });
});

describe('what is put to a provider', () => {
  const message = { title: '题', lines: ['一', '二'], link: null };

  it('is not signed without a secret', () => {
    expect(feishu.request(address(feishu), message, now).body).not.toHaveProperty('sign');
    expect(dingtalk.request(address(dingtalk), message, now).url).toBe(
      'https://oapi.dingtalk.com/robot/send?k=1',
    );
    expect(wecom.request(address(wecom, 'unused'), message, now).url).toBe(
      'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?k=1',
    );
  });

  it('has each line as one, and the link last', () => {
    expect(plainText(message)).toBe('题\n一\n二');
    expect(
      plainText({ ...message, link: { text: '打开', href: 'https://x.test' } }),
    ).toBe('题\n一\n二\n打开: https://x.test');
  });

  it('is cut to what each takes', () => {
    const long = {
      title: '长'.repeat(5_000),
      lines: Array.from({ length: 100 }, () => '行'.repeat(5_000)),
      link: null,
    };
    const bytes = (provider: RobotProvider): number =>
      Buffer.byteLength(
        JSON.stringify(provider.request(address(provider), long, now).body),
      );
    expect(bytes(wecom)).toBeLessThan(2_200);
    expect(bytes(dingtalk)).toBeLessThan(20_000);
    expect(bytes(feishu)).toBeLessThan(20_000);
  });

  it('is cut between letters as a reader sees them', () => {
    // A family is 18 bytes of three people and what joins them, and has no room here.
    expect(withinBytes('日👩‍👩‍👧', 18)).toBe('日…');
    expect(withinBytes('日👩‍👩‍👧日', 27)).toBe('日👩‍👩‍👧日');
    expect(withinBytes('日👩‍👩‍👧日日', 26)).toBe('日👩‍👩‍👧…');
  });
});
