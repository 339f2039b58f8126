import { describe, expect, it } from 'vitest';
import { shownPage } from './shown-page.ts';

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
});
