import { describe, expect, it } from 'vitest';
import { picturesOf, shownPage } from './shown-page.ts';

const page = '<style>@media (prefers-color-scheme: dark) { a {} }</style><img alt="A &#34;B&#34;" src="https://a.test/x.png" width="300" /><img src="data:image/png;base64,xx">';

describe('the page of a mail in the preview', () => {
  it('is dark or light as it is asked for, not as the reader’s own', () => {
    expect(shownPage(page, { isDark: true, pictureLabel: 'p' })).toContain('@media all {');
    expect(shownPage(page, { isDark: false, pictureLabel: 'p' })).toContain('@media not all {');
  });

  it('loads no picture from elsewhere: its words stand in its place', () => {
    const shown = shownPage(page, { isDark: false, pictureLabel: 'p' });
    expect(shown).not.toContain('https://a.test');
    expect(decodeURIComponent(shown)).toContain('A &#34;B&#34;</text>');
    expect(shown).toContain('src="data:image/png;base64,xx"');
    expect(decodeURIComponent(shownPage('<img src="http://a.test/x">', { isDark: false, pictureLabel: 'p' }))).toContain('>p</text>');
  });

  it('shows the pictures that were read, by their addresses, and asks for each once and for no point that tells of opening', () => {
    const mail = '<img src="https://a.test/x.png?a=1&amp;b=2" width="300"><img src="https://a.test/x.png?a=1&#38;b=2"><img src="https://a.test/m/o/t" width="1" height="1"><img src="cid:x">';
    expect(picturesOf(mail)).toEqual(['https://a.test/x.png?a=1&b=2']);
    const shown = shownPage(mail, { isDark: false, pictureLabel: 'p', pictures: new Map([['https://a.test/x.png?a=1&b=2', 'data:image/png;base64,$&$1']]) });
    expect(shown.match(/src="data:image\/png;base64,\$&\$1"/g)).toHaveLength(2);
    expect(shown).not.toContain('https://');
  });
});
