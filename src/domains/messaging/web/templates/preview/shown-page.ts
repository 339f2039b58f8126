/** A page of a mail as the preview shows it. */
export interface ShownAs {
  isDark: boolean;
  /** What stands for a picture: the preview loads none from elsewhere. */
  pictureLabel: string;
}

const picture = /<img\b[^>]*?>/g;
const attribute = (tag: string, name: string): string => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '';

/**
 * The page of a mail with the dark mode that is asked for, whatever the reader's own is, and with a drawn place for each picture: pages
 * of the web load nothing from elsewhere.
 */
export function shownPage(html: string, { isDark, pictureLabel }: ShownAs): string {
  return html
    .replaceAll('(prefers-color-scheme: dark)', isDark ? 'all' : 'not all')
    .replace(':root { color-scheme: light dark; supported-color-schemes: light dark; }', `:root { color-scheme: ${isDark ? 'dark' : 'light'}; }`)
    .replace(picture, (tag) => {
      const source = attribute(tag, 'src');
      if (!/^https?:/.test(source)) return tag;
      const width = Number(attribute(tag, 'width')) || 320;
      const label = attribute(tag, 'alt') || pictureLabel;
      return tag.replace(/\bsrc="[^"]*"/, `src="${drawn(label, width)}"`);
    });
}

/** A grey field with words in it. `label` is escaped already, as it stood in an attribute. */
function drawn(label: string, width: number): string {
  const height = Math.round(width * (width > 240 ? 0.42 : 1));
  const size = Math.max(11, Math.min(18, Math.round(width / 18)));
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><rect width="100%" height="100%" fill="#c9d3cf"/><text x="50%" y="50%" text-anchor="middle" dominant-baseline="middle" font-family="sans-serif" font-size="${size}" fill="#4b5a54">${label.slice(0, 40)}</text></svg>`;
  return `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`;
}
