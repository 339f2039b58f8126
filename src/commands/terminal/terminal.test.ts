import { describe, expect, it } from 'vitest';
import { Problem } from '../../kernel/problem.ts';
import { sentenceOf, ToldFailure } from './failure.ts';
import { createProgressLine } from './progress-line.ts';
import { createSpeech, terminalLocale } from './speech.ts';

describe('the language of a terminal', () => {
  it.each([
    [{ LANG: 'zh_CN.UTF-8' }, 'zh-CN'], [{ LANG: 'zh_TW.UTF-8' }, 'zh-TW'], [{ LANG: 'zh_HK' }, 'zh-TW'], [{ LANG: 'de_DE.UTF-8@euro' }, 'en'],
    [{ LANG: 'zh_CN.UTF-8', LC_ALL: 'en_US.UTF-8' }, 'en'], [{ LANG: 'en_GB', LC_MESSAGES: 'zh_CN' }, 'zh-CN'],
    [{}, 'en'], [{ LANG: 'C.UTF-8' }, 'en'], [{ LANG: 'POSIX' }, 'en'], [{ LC_ALL: '', LANG: 'zh_CN' }, 'zh-CN'],
  ])('of %j is %s', (env, locale) => {
    expect(terminalLocale(env)).toBe(locale);
  });

  it('decides how sentences and numbers are written', () => {
    const speech = createSpeech({ LANG: 'zh_CN.UTF-8' });
    expect(speech.say('demo', { loaded: speech.number(20_000) })).toBe('20,000 位客户');
    expect(sentenceOf(new Problem('platform.backup_target_used', { params: { folder: '/backup' } }), speech)).toContain('/backup');
    expect(sentenceOf(new ToldFailure('服务器说的话'), speech)).toBe('服务器说的话');
    expect(sentenceOf(new Error('a fault of ours'), speech)).toBeNull();
  });
});

/** A stream that keeps what is written to it. */
function stream(isTTY: boolean, columns = 60) {
  const written: string[] = [];
  return { written, stream: { isTTY, columns, write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream };
}

describe('a line of progress', () => {
  it('changes in place at a terminal and never reaches its edge', () => {
    const { written, stream: terminal } = stream(true);
    const line = createProgressLine(terminal);
    line.show(0.5, '正在读取很长很长很长很长很长很长很长很长很长的一行');
    line.show(1, 'ready');
    line.end();
    expect(written).toHaveLength(3);
    expect(written[0]).toMatch(/^\r\u001b\[2K\[█{12}·{12}\] 50 %/);
    const width = [...written[0].slice(5)].reduce((sum, character) => sum + (character > '\u2e80' ? 2 : 1), 0);
    expect(width).toBeLessThan(60);
    expect(written[2]).toBe('\n');
  });

  it('is a plain line now and then where nobody watches', () => {
    const { written, stream: file } = stream(false);
    let nowMs = 0;
    const line = createProgressLine(file, () => nowMs);
    for (; nowMs < 12_000; nowMs += 500) line.show(nowMs / 12_000, `${nowMs} ms`);
    line.end();
    expect(written).toEqual([expect.stringContaining('41 %  5000 ms\n'), expect.stringContaining('83 %  10000 ms\n')]);
  });
});
