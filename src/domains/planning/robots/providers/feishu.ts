import { createHmac } from 'node:crypto';
import { type RobotProvider, withinBytes } from '../provider.ts';

const lineBytes = 2_000;
const mostLines = 8;

/** Custom robots of Feishu groups, and of Lark: rich text; the signature is an HMAC of nothing by the time and the secret, in the body. */
export const feishu: RobotProvider = {
  hosts: ['open.feishu.cn', 'open.larksuite.com'],
  path: '/open-apis/bot/v2/hook/',
  signs: true,
  request({ url, secret }, { title, lines, link }, now) {
    const timestamp = String(Math.floor(now.getTime() / 1_000));
    const signed = secret === null ? {} : { timestamp, sign: createHmac('sha256', `${timestamp}\n${secret}`).update('').digest('base64') };
    const content = [
      ...lines.slice(0, mostLines).map((text) => [{ tag: 'text', text: withinBytes(text, lineBytes) }]),
      ...(link ? [[{ tag: 'a', text: link.text, href: link.href }]] : []),
    ];
    return { url, body: { ...signed, msg_type: 'post', content: { post: { zh_cn: { title: withinBytes(title, lineBytes), content } } } } };
  },
  codeIn: ({ code, StatusCode, msg }) => ({ code: code ?? StatusCode, words: msg }),
  outcomeOf(code) {
    if (code === 11232) return { outcome: 'slow' };
    if (code === 19021) return { outcome: 'refused', code: 'robot_signature' };
    if (code === 19024) return { outcome: 'refused', code: 'robot_keyword' };
    return { outcome: 'refused', code: code === 19001 ? 'robot_unknown' : 'robot_refused' };
  },
};
