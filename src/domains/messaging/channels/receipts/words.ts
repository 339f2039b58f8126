import { halfWidth } from '../../../../kernel/half-width.ts';

/** Words by which people refuse text messages, as operators print them: 拒收请回复R, 回T退订. */
const stopWords: ReadonlySet<string> = new Set([
  'R', 'T', 'TD', 'N', 'Q', 'STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', '退订', '退訂', '拒收', '取消', '停止', '取消订阅', '取消訂閱', '不要', '别发了', '別發了', '不要再发', '不要再發',
]);
const startWords: ReadonlySet<string> = new Set(['START', 'UNSTOP', 'YES', '恢复', '恢復', '订阅', '訂閱']);

/** What a reply means: words in any width and case, with whatever stands around them. */
export function meaningOf(text: string): 'stop' | 'start' | 'replied' {
  const word = halfWidth(text).normalize('NFKC').toUpperCase().replace(/[\s\p{P}\p{S}]/gu, '').replace(/^回复?/, '').replace(/^回復/, '');
  if (stopWords.has(word) || /^(?:TD|T)?(?:退订|退訂)/.test(word)) return 'stop';
  return startWords.has(word) ? 'start' : 'replied';
}
