import { fontFamily } from '../../theme/colours.ts';

/** A drawing that can leave the page. */
export interface Drawing {
  title: string;
  /** What is inside of the `svg` element. */
  content: string;
  width: number;
  height: number;
}

const [margin, headHeight] = [16, 40];
const [paper, ink] = ['#ffffff', '#1e2420'];

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The drawing under its title as an SVG file that stands by itself. */
export function svgFile({ title, content, width, height }: Drawing): string {
  const [fullWidth, fullHeight] = [width + 2 * margin, height + headHeight + 2 * margin];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${fullWidth}" height="${fullHeight}" viewBox="0 0 ${fullWidth} ${fullHeight}">`,
    `<title>${escaped(title)}</title><rect width="100%" height="100%" fill="${paper}"/>`,
    `<text x="${margin}" y="${margin + 18}" fill="${ink}" font-size="16" font-weight="600" font-family="${escaped(fontFamily)}">${escaped(title)}</text>`,
    `<g transform="translate(${margin} ${margin + headHeight})">${content}</g></svg>`,
  ].join('');
}

/** A name that every system of files takes. */
export const fileNameOf = (title: string, ending: string): string => `${title.replace(/[\\/:*?"<>|\u0000-\u001f]+/g, ' ').trim().slice(0, 80) || 'chart'}.${ending}`;
