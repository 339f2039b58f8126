import { describe, expect, it } from 'vitest';
import { splitLiquid } from '../../../templates/compile/liquid-parts.ts';
import { createEngines } from '../../../templates/render/engine.ts';
import { picksOf } from './picks.ts';

const fields = [
  { name: 'person.name', label: '姓名', kind: 'text' as const },
  { name: 'member.points', label: '积分', kind: 'number' as const },
  { name: 'person.birthday', label: '生日', kind: 'date' as const },
  { name: 'person.attributes', label: '属性', kind: 'values' as const },
  { name: 'last_order', label: '最近一单', kind: 'values' as const },
  { name: 'recommendations', label: '推荐', kind: 'products' as const },
];
const { html } = createEngines({ name: 'x', timeZone: 'UTC', currency: 'CNY' }, 'zh-CN');

describe('what may be put into a text', () => {
  it.each(['words', 'line', 'address'] as const)('can be read where it is put: %s', (as) => {
    for (const { text } of picksOf(fields, as, true, (key) => key)) expect(() => html.parse(text), text).not.toThrow();
  });

  it('has names alone within a condition', () => {
    const picks = picksOf(fields, 'condition', false, (key) => key);
    expect(picks.every(({ text }) => splitLiquid(text).every(({ isLiquid }) => !isLiquid))).toBe(true);
    expect(() => html.parse(`{% if ${picks[1].text} > 0 %}{% endif %}`)).not.toThrow();
  });

  it('has a fallback for a text, and the product where there is one', () => {
    expect(picksOf(fields, 'line', false, () => '您').find(({ label }) => label === '姓名')?.text).toBe('{{ person.name | default: "您" }}');
    expect(picksOf(fields, 'address', false, (key) => key).some(({ group }) => group === 'product')).toBe(false);
    expect(picksOf(fields, 'address', true, (key) => key)[0].text).toBe('{{ product.id | url_encode }}');
  });
});
