import { describe, expect, it } from 'vitest';
import { templateContent } from '../../contract/content.ts';
import type { ChannelKind } from '../../contract.ts';
import { checkChannel } from './check-channel.ts';

const found = (channel: ChannelKind, words: object): string[] =>
  checkChannel(channel, 'marketing', templateContent.parse({ kind: 'plain', locales: { 'zh-CN': { text: '', ...words } } })).map(({ level, key }) => `${level} ${key}`);

describe('what a platform allows', () => {
  it('is so many letters of a variable of WeChat, by what its name says it is', () => {
    const filled = (name: string, value: string): string[] => found('wechat', { providerTemplate: 't', variables: [{ name, value }] });
    expect(filled('thing1', '新'.repeat(21))).toEqual(['wrong variable_too_long']);
    expect(filled('thing1', '新'.repeat(20))).toEqual([]);
    expect(filled('phrase2', '{{ person.name }}')).toEqual(['hint variable_may_be_too_long']);
    expect(filled('character_string3', '2'.repeat(32))).toEqual([]);
    expect(filled('date4', '2026-11-27 14:00 - 2026-11-27 16:00')).toEqual([]);
  });

  it('is one task of WeCom for all who get the same words: what differs by person is told', () => {
    expect(found('wecom', { text: '新茶到店', link: 'https://shop.test' })).toEqual([]);
    expect(found('wecom', { text: '{{ person.name }}好' })).toEqual(['hint task_for_each']);
    expect(found('wecom', { text: '新茶', link: 'https://shop.test/{{ person.city }}' })).toEqual(['hint task_for_each']);
  });
});
