import { describe, expect, it } from 'vitest';
import { blockKinds, templateContent } from '../../../contract.ts';
import { keysIn, newBlock, newKey, withLocale, withoutLocale, withWords } from './draft.ts';

const words = { title: 't', text: 'x', button: 'b', more: 'm', footer: 'f' };

describe('a draft of a mail', () => {
  it('begins each block as one that is kept', () => {
    const blocks = blockKinds.map((kind, n) => newBlock(kind, `b${n}`, words));
    const content = { kind: 'mail', locales: { en: { subject: 'x', blocks } } };
    expect(templateContent.parse(content)).toMatchObject({ locales: { en: { blocks } } });
  });

  it('gives a block a name that no other has, in columns neither', () => {
    const inner = newBlock('title', 'b2', words);
    const columns = { ...newBlock('columns', 'b1', words), columns: [[inner], []] };
    const keys = keysIn([columns as never, newBlock('text', 'b4', words)]);
    expect(keys).toEqual(['b1', 'b2', 'b4']);
    expect(newKey(keys)).toBe('b5');
    expect(newKey(['b2', 'b3'])).toBe('b4');
    expect(newKey([])).toBe('b1');
  });

  it('takes a language on with the words of another, and off again', () => {
    const content = templateContent.parse({ kind: 'plain', locales: { 'zh-CN': { text: '您好' } } });
    const both = withLocale(content, 'en', 'zh-CN');
    expect(both.locales.en).toEqual(content.locales['zh-CN']);
    expect(both.locales.en).not.toBe(content.locales['zh-CN']);
    expect(withoutLocale(both, 'en')).toEqual(content);
    const said = withWords(both, 'en', { title: '', text: 'Hi', link: '', providerTemplate: '', variables: [] });
    expect(said.locales).toMatchObject({ 'zh-CN': { text: '您好' }, en: { text: 'Hi' } });
  });
});
