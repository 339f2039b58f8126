/** A page of a mail as the preview shows it. */
export interface ShownAs {
  isDark: boolean;
  /** Pictures that were read already, by their addresses: the page itself loads none from elsewhere. */
  pictures?: ReadonlyMap<string, string>;
  /** What stands for one that was not read. */
  pictureLabel: string;
}

const picture = /<img\b[^>]*?>/g;
const attribute = (tag: string, name: string): string => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '';

/**
 * The page of a mail with the dark mode that is asked for, whatever the reader's own is, with pictures as they were read, and a drawn place
 * for each that was not: pages of the web load nothing from elsewhere.
 */
export function shownPage(html: string, { isDark, pictureLabel, pictures }: ShownAs): string {
  return html
    .replaceAll('(prefers-color-scheme: dark)', isDark ? 'all' : 'not all')
    .replace(':root { color-scheme: light dark; supported-color-schemes: light dark; }', `:root { color-scheme: ${isDark ? 'dark' : 'light'}; }`)
    .replace(picture, (tag) => {
      const source = attribute(tag, 'src');
      if (!/^https?:/.test(source)) return tag;
      const read = pictures?.get(unescaped(source));
      if (read !== undefined) return tag.replace(/\bsrc="[^"]*"/, () => `src="${read}"`);
      const width = Number(attribute(tag, 'width')) || 320;
      const label = attribute(tag, 'alt') || pictureLabel;
      return tag.replace(/\bsrc="[^"]*"/, `src="${drawn(label, width)}"`);
    });
}

const entities: Record<string, string> = { '&amp;': '&', '&#38;': '&', '&quot;': '"', '&#34;': '"', '&#39;': "'", '&lt;': '<', '&gt;': '>' };
const unescaped = (text: string): string => text.replace(/&(?:amp|quot|lt|gt|#3[489]);/g, (entity) => entities[entity]);

/** Where the pictures of a mail lie, each once; not the point that tells of opening. */
export const picturesOf = (html: string): string[] =>
  [...new Set([...html.matchAll(picture)].filter(([tag]) => attribute(tag, 'width') !== '1').map(([tag]) => unescaped(attribute(tag, 'src'))).filter((source) => /^https?:/.test(source)))];

/** A grey field with words in it. `label` is escaped already, as it stood in an attribute. */
function drawn(label: string, width: number): string {
  const height = Math.round(width * (width > 240 ? 0.42 : 1));
  const size = Math.max(11, Math.min(18, Math.round(width / 18)));
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><rect width="100%" height="100%" fill="#c9d3cf"/><text x="50%" y="50%" text-anchor="middle" dominant-baseline="middle" font-family="sans-serif" font-size="${size}" fill="#4b5a54">${label.slice(0, 40)}</text></svg>`;
  return `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`;
}
