import { plainText, type RobotProvider, withinBytes } from '../provider.ts';

/** What a text may have at most. */
const mostBytes = 2_048;

/** Robots of WeCom groups: the key in the address is all there is. */
export const wecom: RobotProvider = {
  hosts: ['qyapi.weixin.qq.com'],
  path: '/cgi-bin/webhook/send',
  signs: false,
  request: ({ url }, message) => ({ url, body: { msgtype: 'text', text: { content: withinBytes(plainText(message), mostBytes) } } }),
  codeIn: ({ errcode, errmsg }) => ({ code: errcode, words: errmsg }),
  outcomeOf(code) {
    if (code === 45009 || code === 45033) return { outcome: 'slow' };
    return { outcome: 'refused', code: code === 93000 ? 'robot_unknown' : 'robot_refused' };
  },
};
