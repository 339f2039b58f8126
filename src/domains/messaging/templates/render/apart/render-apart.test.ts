import { afterAll, describe, expect, it } from 'vitest';
import { Problem } from '../../../../../kernel/problem.ts';
import { templateContent } from '../../../contract.ts';
import type { MessageLinks, RenderedMessage, ToRender } from '../../../part.ts';
import { compileContent } from '../../compile/compile.ts';
import { createRenderApart } from './render-apart.ts';

const brand = { name: '茶山', timeZone: 'Asia/Shanghai', currency: 'CNY' };
const links: MessageLinks = {
  track: (url) => url,
  pixelUrl: null,
  unsubscribeUrl: 'https://t.test/out',
  preferencesUrl: 'https://t.test/choose',
};
const compiled = (text: string) =>
  compileContent(
    templateContent.parse({ kind: 'plain', locales: { en: { text } } }),
    brand,
  );
const to = (fields: Record<string, unknown>): ToRender => ({
  person: { locale: 'en', fields },
  links,
});
const told = (one: RenderedMessage | Problem): string =>
  one instanceof Problem ? one.code : one.text;

describe('messages rendered in threads', () => {
  const render = createRenderApart({ threads: 2 });
  const module = new URL(
    '../../../../../../test/hanging-renderer.ts',
    import.meta.url,
  );
  const hurried = createRenderApart({ threads: 2, limitMs: 400, module });
  const patient = createRenderApart({ threads: 2, limitMs: 20_000, module });
  afterAll(() => Promise.all([render.end(), hurried.end(), patient.end()]));

  it('come in the order of their people, with their own links', async () => {
    const people = Array.from({ length: 1_234 }, (_, n): ToRender => ({
      person: { locale: 'en', fields: { n } },
      links: { ...links, track: (url, position) => `${url}#${n}.${position}` },
    }));
    const all = await render(
      compiled('{{ n }} https://a.test/{{ n }}'),
      people,
    );
    expect(all.map(told)).toEqual(
      people.map((_, n) => `${n} https://a.test/${n}#${n}.0`),
    );
  });

  it('go on after one that cannot be made', async () => {
    const loops = compiled(
      '{{ name }}{% for a in list %}{% for b in list %}{% for c in list %}{{ c }}{% endfor %}{% endfor %}{% endfor %}',
    );
    const list = Array.from({ length: 50 }, (_, n) => n);
    const all = await render(loops, [
      to({ name: 'a', list: [] }),
      to({ name: 'b', list }),
      to({ name: 'c', list: [] }),
    ]);
    expect(all.map(told)).toEqual(['a', 'messaging.message_too_much', 'c']);
  });

  it.each([
    ['hangs', hurried, 'messaging.message_too_slow'],
    ['swallows', patient, 'messaging.message_too_much'],
  ] as const)(
    'end a thread that %s: that person has no message, everybody else has',
    async (name, apart, code) => {
      const names = ['a', 'b', name, 'c', name, 'd'];
      const all = await apart(
        compiled('x'),
        names.map((one) => to({ name: one })),
      );
      expect(all.map(told)).toEqual(['a', 'b', code, 'c', code, 'd']);
    },
  );

  it('fail as a whole where threads cannot start, rather than blame somebody', async () => {
    const broken = createRenderApart({
      threads: 1,
      module: new URL('./nowhere.ts', import.meta.url),
    });
    await expect(broken(compiled('x'), [to({})])).rejects.toThrow('nowhere');
    await broken.end();
  });
});
