import { createHmac } from 'node:crypto';
import { plainText, type RobotProvider, withinBytes } from '../provider.ts';

const mostBytes = 15_000;

/** Custom robots of DingTalk groups: the signature goes into the address, over the milliseconds and the secret, by the secret. */
export const dingtalk: RobotProvider = {
  hosts: ['oapi.dingtalk.com'],
  path: '/robot/send',
  signs: true,
  request({ url, secret }, message, now) {
    const address = new URL(url);
    if (secret !== null) {
      const timestamp = String(now.getTime());
      address.searchParams.set('timestamp', timestamp);
      address.searchParams.set('sign', createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64'));
    }
    return { url: address.href, body: { msgtype: 'text', text: { content: withinBytes(plainText(message), mostBytes) } } };
  },
  codeIn: ({ errcode, errmsg }) => ({ code: errcode, words: errmsg }),
  outcomeOf(code, words) {
    if (code === 130101 || code === 90030) return { outcome: 'slow' };
    // One code for all three ways of keeping strangers out: only the words tell them apart.
    if (code === 310000) return { outcome: 'refused', code: /keyword|关键词/i.test(words) ? 'robot_keyword' : 'robot_signature' };
    return { outcome: 'refused', code: code === 300001 || code === 300005 ? 'robot_unknown' : 'robot_refused' };
  },
};
