import { describe, expect, it } from 'vitest';
import { templateContent, type GivenContent } from '../../contract.ts';
import type { MessageLinks, RenderedMessage } from '../../part.ts';
import { compileContent } from '../compile/compile.ts';
import { finishMessage } from './finish.ts';
import { pathsOf } from './paths.ts';
import { createRenderer } from './renderer.ts';
import { nested } from './values.ts';

const brand = { name: '茶山', timeZone: 'Asia/Shanghai', currency: 'CNY' };
const links: MessageLinks = {
  track: (url, position) =>
    `https://t.test/${position}?to=${encodeURIComponent(url)}&x=1`,
  pixelUrl: 'https://t.test/open?a=1&b=2',
  unsubscribeUrl: 'https://t.test/out?a=1&b=2',
  preferencesUrl: 'https://t.test/choose',
};

function rendered(
  content: GivenContent,
  fields: Record<string, unknown> = {},
): RenderedMessage {
  const compiled = compileContent(templateContent.parse(content), brand);
  return finishMessage(compiled, 'zh-CN', createRenderer(compiled).write(nested(fields), 'zh-CN'), links);
}
const said = (text: string, fields?: Record<string, unknown>): string =>
  rendered({ kind: 'plain', locales: { 'zh-CN': { text } } }, fields).text;
const mail = (
  blocks: object[],
  fields?: Record<string, unknown>,
  subject = 'x',
): RenderedMessage =>
  rendered(
    {
      kind: 'mail',
      locales: {
        'zh-CN': {
          subject,
          blocks: blocks.map((block, n) => ({ key: `b${n}`, ...block })),
        },
      },
    } as GivenContent,
    fields,
  );

/** What a message costs to refuse or to write: processor time, and memory that is still held. */
function cost(work: () => unknown): {
  cpuMs: number;
  heapMb: number;
  failed: string | null;
} {
  const [cpu, heap] = [
    process.threadCpuUsage(),
    process.memoryUsage().heapUsed,
  ];
  let failed: string | null = null;
  try {
    work();
  } catch (error) {
    failed = (error as { code?: string }).code ?? 'no code';
  }
  const spent = process.threadCpuUsage(cpu);
  return {
    cpuMs: (spent.user + spent.system) / 1_000,
    heapMb: (process.memoryUsage().heapUsed - heap) / 2 ** 20,
    failed,
  };
}

describe('bombs', () => {
  const bombs: Record<string, string> = {
    'an endless range': '{% for i in (1..1000000000) %}{{ i }}{% endfor %}',
    'an empty loop over a range': '{% for i in (1..100000000) %}{% endfor %}',
    'loops within loops':
      '{% for a in (1..1000) %}{% for b in (1..1000) %}{% for c in (1..1000) %}x{% endfor %}{% endfor %}{% endfor %}',
    'empty loops within loops':
      '{% for a in (1..1000) %}{% for b in (1..1000) %}{% endfor %}{% endfor %}',
    'a text that doubles': `{% assign x = 'xxxxxxxxxx' %}${'{% assign x = x | append: x %}'.repeat(60)}{{ x }}`,
    'a capture that doubles': `{% capture x %}xxxxxxxxxx{% endcapture %}${'{% capture x %}{{ x }}{{ x }}{% endcapture %}'.repeat(60)}{{ x }}`,
    'a long body many times': `{% for a in (1..900) %}${'y'.repeat(3_000)}{% endfor %}`,
    replace_first: `{{ 'a' | replace_first: 'a', 'b' }}`,
    replace: `{% assign x = 'aaaa' %}${`{% assign x = x | replace: 'a', 'aaaa' %}`.repeat(40)}{{ x }}`,
    'a wide date': `{{ '2026-01-01' | date: '%9999999d' }}`,
    pop: `{% assign a = 'a,b' | split: ',' %}{{ a | pop }}`,
    'strings to lists': `{{ 'a,b' | split: ',' | join: 'x' }}`,
    json: '{{ person | json }}',
    'many tags': '{% if true %}'.repeat(3_000) + '{% endif %}'.repeat(3_000),
  };
  it.each(Object.entries(bombs))(
    '%s: refused, or a tenth of a second and 64 MB',
    (_name, text) => {
      const { cpuMs, heapMb } = cost(() => said(text));
      expect(cpuMs).toBeLessThan(100);
      expect(heapMb).toBeLessThan(64);
    },
  );

  it('stop at the same place on every machine, with a sentence for whoever wrote them', () => {
    expect(cost(() => said(bombs['loops within loops'])).failed).toBe(
      'messaging.message_too_much',
    );
    expect(
      cost(() => said('{% for i in (1..4000) %}{{ i }}{% endfor %}')).failed,
    ).toBeNull();
  });

  it.each([
    '{% include "x" %}',
    '{% render "../../etc/passwd" %}',
    '{% layout "x" %}',
    '{% raw %}{{ x }}{% endraw %}',
    '{% liquid assign x = 1 %}',
    '{% echo x %}',
    '{% increment x %}',
    '{% tablerow i in (1..9) %}{% endtablerow %}',
    '{{ x | raw }}',
    '{{ x | sort }}',
    '{{ x',
  ])('%s is not known', (text) => {
    expect(() => said(text)).toThrow();
  });
});

describe('what is of people', () => {
  it('is never read as a template', () => {
    expect(
      said('{{ person.name }}', { 'person.name': '{{ brand.name }}{% raw %}' }),
    ).toBe('{{ brand.name }}{% raw %}');
  });

  it.each([
    'constructor',
    '__proto__',
    'constructor.constructor',
    '__proto__.polluted',
    'toString',
    'person.constructor.name',
    'person.name.constructor',
    'env',
    'process.env.PATH',
    'globalThis',
  ])('does not lead out of it by %s', (path) => {
    expect(said(`[{{ ${path} }}]`, { 'person.name': 'x' })).toBe('[]');
  });

  it('cannot bring a prototype along', () => {
    const text = said(
      '{{ person.attributes.polluted }}[{{ person.attributes.skin }}]',
      {
        'person.attributes': JSON.parse(
          '{"__proto__": {"polluted": "yes"}, "skin": "dry"}',
        ),
      },
    );
    expect(text).toBe('[dry]');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('is escaped in a page, in words, in titles and in attributes, and stands as it is in a text', () => {
    const name = `<img src=x onerror=alert(1)>"'&`;
    const { html, text, subject } = mail(
      [
        { kind: 'title', text: '{{ person.name }}' },
        {
          kind: 'text',
          text: '**{{ person.name }}** [{{ person.name }}](https://a.test/)',
        },
        {
          kind: 'image',
          address: 'https://a.test/x.png',
          alt: '{{ person.name }}',
        },
        { kind: 'button', text: '{{ person.name }}', link: 'https://a.test/' },
      ],
      { 'person.name': name },
      '{{ person.name }}',
    );
    expect(html).not.toContain('<img src=x');
    expect(
      html?.match(/&lt;img src=x onerror=alert\(1\)&gt;&#34;&#39;&amp;/g),
    ).toHaveLength(7);
    expect(text).toContain(name);
    expect(subject).toBe(name);
  });

  it('does not make another header of a subject', () => {
    expect(
      mail(
        [],
        { 'person.name': 'A\r\nBcc: all@shop.test\u2028x' },
        '你好 {{ person.name }}',
      ).subject,
    ).toBe('你好 A Bcc: all@shop.testx');
    expect(() => mail([], {}, 'one\ntwo')).toThrow();
  });

  it('cannot stand for a place of ours', () => {
    expect(
      said('{{ person.name }}', { 'person.name': '\uE010unsubscribe\uE011' }),
    ).toBe('unsubscribe');
    expect(said('\uE010pixel\uE011qz0zq')).toBe('pixelqz0zq');
  });

  it('is shown as the language and the brand write it', () => {
    const fields = {
      'member.points': 12345,
      last_order: { total: '1280.5000', at: '2026-06-17T18:30:00.000Z' },
      'person.birthday': '1990-05-17',
    };
    expect(
      said(
        '{{ member.points | number }} {{ last_order.total | money }} {{ last_order.at | date }} {{ person.birthday | date }} {{ person.name | default: "朋友" }} {{ nothing | money }}',
        fields,
      ),
    ).toBe('12,345 ¥1,280.50 2026年6月18日 1990年5月17日 朋友');
  });
});

describe('links', () => {
  it('are followed by their place in the template, the same in the page and in its plain form', () => {
    const { html, text } = mail(
      [
        {
          kind: 'button',
          text: 'a',
          link: 'https://a.test/?u={{ person.city }}&b=1',
        },
        { kind: 'text', text: '[b](https://b.test/)' },
        {
          kind: 'image',
          address: 'https://i.test/x.png',
          alt: '',
          link: 'https://a.test/?u={{ person.city }}&b=1',
        },
      ],
      { 'person.city': '上海 "x' },
    );
    const first = encodeURIComponent('https://a.test/?u=上海%20%22x&b=1');
    expect(html).toContain(`href="https://t.test/0?to=${first}&amp;x=1"`);
    expect(html).toContain('href="https://t.test/1?');
    expect(text).toContain(`a https://t.test/0?to=${first}&x=1`);
    expect(html?.match(/t\.test\/0\?/g)).toHaveLength(2);
    expect(html).toContain('<img src="https://t.test/open?a=1&amp;b=2"');
  });

  it('lead out by the way of the message itself, without being counted', () => {
    const { html, text } = mail([
      {
        kind: 'footer',
        text: '[退订]({{ links.unsubscribe }}) [偏好]({{ links.preferences }})',
      },
    ]);
    expect(html).toContain('href="https://t.test/out?a=1&amp;b=2"');
    expect(text).toBe(
      '退订 https://t.test/out?a=1&b=2 偏好 https://t.test/choose',
    );
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    '//evil.test',
    'file:///etc/passwd',
    ' javascript:x',
  ])('are none where a value makes them %s', (address) => {
    const { html } = mail(
      [
        { kind: 'button', text: 'x', link: '{{ person.attributes.site }}' },
        { kind: 'image', address: '{{ person.attributes.site }}', alt: '' },
      ],
      { 'person.attributes': { site: address } },
    );
    expect(html).not.toContain(address.trim());
    expect(html).not.toContain('t.test/0');
  });

  it('in a text are found where they stand, without what ends a sentence', () => {
    expect(
      said(
        '看这里：https://a.test/x?y={{ person.city }}。谢谢 (https://b.test/)',
        {
          'person.city': '苏州',
        },
      ),
    ).toBe(
      `看这里：https://t.test/0?to=${encodeURIComponent('https://a.test/x?y=苏州')}&x=1。谢谢 (https://t.test/1?to=${encodeURIComponent('https://b.test/')}&x=1)`,
    );
  });

  it('have one list of all languages', () => {
    const both: GivenContent = {
      kind: 'plain',
      locales: {
        'zh-CN': { text: 'https://a.test/ https://b.test/' },
        en: { text: 'https://b.test/ https://c.test/' },
      },
    };
    expect(compileContent(templateContent.parse(both), brand).links).toEqual([
      'https://a.test/',
      'https://b.test/',
      'https://c.test/',
    ]);
  });
});

describe('a template', () => {
  it('shows a block only where its condition holds, and goes through products', () => {
    const blocks = [
      { kind: 'text', text: '贵宾', when: 'member.tier == "gold"' },
      {
        kind: 'products',
        from: 'recommendations',
        most: 2,
        link: 'https://a.test/p/{{ product.id }}',
        picture: 'https://a.test/{{ product.id }}.jpg',
        buttonText: '看看',
      },
      {
        kind: 'columns',
        columns: [
          [{ kind: 'text', key: 'c', text: '左', when: 'person.city' }],
          [{ kind: 'text', key: 'd', text: '右' }],
        ],
      },
      { kind: 'divider' },
    ];
    const recommendations = ['A 1', 'B', 'C'].map((id) => ({
      id,
      name: `茶 ${id}`,
      price: '98',
    }));
    const { html, text } = mail(blocks, {
      'member.tier': 'silver',
      recommendations,
    });
    expect(html).not.toContain('贵宾');
    expect(html).not.toContain('左');
    expect(html).toContain('src="https://a.test/A%201.jpg"');
    expect(html?.match(/茶 [ABC]/g)?.length).toBe(4);
    expect(text).toContain(
      '- 茶 B https://t.test/0?to=https%3A%2F%2Fa.test%2Fp%2FB',
    );
    expect(
      mail(blocks, {
        'member.tier': 'gold',
        'person.city': '杭州',
        recommendations,
      }).html,
    ).toMatch(/贵宾[^]*左/);
  });

  it('tells what it reads, that in conditions and links too', () => {
    const compiled = compileContent(
      templateContent.parse({
        kind: 'mail',
        locales: {
          'zh-CN': {
            subject: '{{ person.name }}',
            blocks: [
              {
                kind: 'button',
                key: 'a',
                text: 'x',
                link: 'https://a.test/{{ person.city }}',
                when: 'member.points > 3',
              },
              {
                kind: 'products',
                key: 'b',
                from: 'last_order',
                most: 1,
                link: 'https://a.test/{{ product.id }}',
              },
            ],
          },
        },
      }),
      brand,
    );
    expect(
      pathsOf(compiled)
        .map((path) => path.join('.'))
        .sort(),
    ).toEqual([
      'brand.name',
      'last_order.products',
      'member.points',
      'person.city',
      'person.name',
    ]);
  });
});
