import { describe, expect, it } from 'vitest';
import { locales } from '../../../../kernel/locale.ts';
import { nearestLocale } from './compile.ts';
import {
  cleanSource,
  createInnerPieces,
  createPieces,
  splitLiquid,
} from './liquid-parts.ts';
import {
  createLinkNumbers,
  followed,
  htmlLine,
  htmlWords,
  pictured,
  plainOfWords,
  plainWithAddresses,
} from './words.ts';

const html = (source: string) => htmlWords(source, createLinkNumbers());
const plain = (source: string) => plainOfWords(source, createLinkNumbers());
const addresses = (source: string) =>
  plainWithAddresses(source, createLinkNumbers());

describe('words of a page', () => {
  it('are escaped, and Liquid among them is left as it is', () => {
    expect(
      htmlLine('<b> & "{{ a | default: "<x>" }}" {% if b < 3 %}y{% endif %}'),
    ).toBe(
      '&lt;b&gt; &amp; &#34;{{ a | default: "<x>" }}&#34; {% if b < 3 %}y{% endif %}',
    );
  });

  it.each([
    ['a line\nand another\r\nand one', 'a line<br />and another<br />and one'],
    [
      '**strong** and **{{ person.name }}**',
      '<strong>strong</strong> and <strong>{{ person.name }}</strong>',
    ],
    ['**not\nclosed** here', '**not<br />closed** here'],
    ['2 * 3 ** 4', '2 * 3 ** 4'],
    [
      '[a](https://a.test/)',
      '<a href="{% link 0 %}https://a.test/{% endlink %}" target="_blank">a</a>',
    ],
    [
      '[**a** {{ x }}](https://a.test/{{ y }}?z=1)',
      '<a href="{% link 0 %}https://a.test/{{ y }}?z=1{% endlink %}" target="_blank"><strong>a</strong> {{ x }}</a>',
    ],
    ['[a] (https://a.test/)', '[a] (https://a.test/)'],
    ['[a](not an address)', '[a](not an address)'],
    [
      '["><script>](javascript:x)',
      '<a href="{% link 0 %}javascript:x{% endlink %}" target="_blank">&#34;&gt;&lt;script&gt;</a>',
    ],
  ])('%j', (source, expected) => {
    expect(html(source)).toBe(expected);
  });

  it('may look like places of ours', () => {
    expect(html('qz0zq {{ a }} qz7zq')).toBe('qz0zq {{ a }} qz7zq');
    expect(plain('qz0zq [qz1zq](https://a.test/qz2zq)')).toBe(
      'qz0zq qz1zq {% link 0 %}https://a.test/qz2zq{% endlink %}',
    );
    expect(addresses('qz1zq https://a.test/qz0zq')).toBe(
      'qz1zq {% link 0 %}https://a.test/qz0zq{% endlink %}',
    );
  });
});

describe('words without a page', () => {
  it.each([
    ['**strong** <b>', 'strong <b>'],
    [
      '[a {{ x }}](https://a.test/{{ y }})',
      'a {{ x }} {% link 0 %}https://a.test/{{ y }}{% endlink %}',
    ],
    [
      '[退订]({{ links.unsubscribe }})',
      '退订 {% link 0 %}{{ links.unsubscribe }}{% endlink %}',
    ],
  ])('%j', (source, expected) => {
    expect(plain(source)).toBe(expected);
  });

  it.each([
    ['https://a.test/', '{% link 0 %}https://a.test/{% endlink %}'],
    [
      '点 https://a.test/x，再见',
      '点 {% link 0 %}https://a.test/x{% endlink %}，再见',
    ],
    ['(https://a.test/x).', '({% link 0 %}https://a.test/x{% endlink %}).'],
    [
      'https://a.test/?a=1&b={{ c | url_encode }}!',
      '{% link 0 %}https://a.test/?a=1&b={{ c | url_encode }}{% endlink %}!',
    ],
    ['a.test/x is no address', 'a.test/x is no address'],
    [
      '{% if a %}https://a.test/{% else %}https://b.test/{% endif %}',
      '{% if a %}{% link 0 %}https://a.test/{% endlink %}{% else %}{% link 1 %}https://b.test/{% endlink %}{% endif %}',
    ],
  ])('%j is followed where it stands', (source, expected) => {
    expect(addresses(source)).toBe(expected);
  });
});

describe('parts', () => {
  it('are told apart as Liquid tells them', () => {
    expect(
      splitLiquid('a {{ "}}" }} b {%- if c -%} d').map(({ text }) => text),
    ).toEqual(['a ', '{{ "}}" }}', ' b ', '{%- if c -%}', ' d']);
    expect(splitLiquid('')).toEqual([]);
    expect(() => splitLiquid('a {{ b')).toThrow();
    expect(() => splitLiquid('a {% b')).toThrow();
  });

  it('are put back, of words those within others too', () => {
    const pieces = createInnerPieces();
    const inner = pieces.put('<i>');
    const outer = pieces.put(`a${inner}b`);
    expect(pieces.fill(`${outer} ${inner}`)).toBe('a<i>b <i>');
  });

  it('of a page are put back once, whatever their words look like', () => {
    const pieces = createPieces();
    const [first, second] = [pieces.put('qz1zq qz9zq'), pieces.put('x')];
    expect(pieces.fill(`${first} ${second}`)).toBe('qz1zq qz9zq x');
  });

  it('are without characters that messages use themselves, and whole', () => {
    expect(cleanSource('a\uE010b\uE011c\uE012d\uE013\uD800')).toBe(
      'abcd\uFFFD',
    );
  });

  it('have one number for an address wherever it stands', () => {
    const links = createLinkNumbers();
    expect([
      followed('https://a.test/', links),
      followed(' https://b.test/ ', links),
      followed('https://a.test/', links),
      followed('  ', links),
    ]).toEqual([
      '{% link 0 %}https://a.test/{% endlink %}',
      '{% link 1 %}https://b.test/{% endlink %}',
      '{% link 0 %}https://a.test/{% endlink %}',
      '',
    ]);
    expect(links.all()).toEqual(['https://a.test/', 'https://b.test/']);
    expect(pictured(' https://a.test/x.png ')).toBe(
      '{% picture %}https://a.test/x.png{% endpicture %}',
    );
  });
});

describe('the language of a message', () => {
  it('is the person’s, else the other Chinese, else any there is', () => {
    expect(
      locales.map((wanted) => nearestLocale(['zh-CN', 'zh-TW', 'en'], wanted)),
    ).toEqual(['zh-CN', 'zh-TW', 'en']);
    expect(nearestLocale(['en', 'zh-CN'], 'zh-TW')).toBe('zh-CN');
    expect(nearestLocale(['en', 'zh-TW'], 'zh-CN')).toBe('zh-TW');
    expect(nearestLocale(['zh-TW'], 'en')).toBe('zh-TW');
    expect(nearestLocale(['zh-CN', 'zh-TW'], 'en')).toBe('zh-CN');
  });
});
