import { picturePath } from '../../contract/pictures.ts';
import { escapeHtml } from '../render/engine.ts';
import { createInnerPieces, type Part, type Pieces, splitLiquid } from './liquid-parts.ts';

/** Numbers the links of a template: the same address has the same number wherever it stands. */
export interface LinkNumbers {
  of(address: string): number;
  /** In the order of their numbers. */
  all(): string[];
}
export function createLinkNumbers(): LinkNumbers {
  const numbers = new Map<string, number>();
  return {
    of(address) {
      const known = numbers.get(address);
      if (known !== undefined) return known;
      numbers.set(address, numbers.size);
      return numbers.size - 1;
    },
    all: () => [...numbers.keys()],
  };
}

/** An address that is followed, of Liquid. */
export const followed = (address: string, links: LinkNumbers): string => (address.trim() === '' ? '' : `{% link ${links.of(address.trim())} %}${address.trim()}{% endlink %}`);
/** An address that is only shown. */
export const pictured = (address: string): string => `{% picture %}${address.startsWith(picturePath) ? '{{ brand.site }}' : ''}${address.trim()}{% endpicture %}`;

/** A line of words within a page: everything but Liquid escaped. */
export const htmlLine = (source: string): string => splitLiquid(source).map(({ isLiquid, text }) => (isLiquid ? text : escapeHtml(text))).join('');

const linkOfText = /\[([^\]\n]{1,300})\]\(([^()\s]{1,2000})\)/g;
const strong = /\*\*([^*\n]{1,1000})\*\*/g;

/** Words of a block within a page: `**strong**`, `[words](address)`, a line is a line. Liquid may stand anywhere. */
export function htmlWords(source: string, links: LinkNumbers): string {
  const { pieces, text } = withoutLiquid(source);
  const linked = text.replace(linkOfText, (_, label: string, address: string) =>
    pieces.put(`<a href="${followed(pieces.fill(address), links)}" target="_blank">${htmlStrong(label)}</a>`));
  return pieces.fill(htmlStrong(linked));
}

const htmlStrong = (text: string): string => escapeHtml(text).replace(strong, '<strong>$1</strong>').replace(/\r?\n/g, '<br />');

/** The same words where there is no page: the address follows what it stands under. */
export function plainOfWords(source: string, links: LinkNumbers): string {
  const { pieces, text } = withoutLiquid(source);
  const linked = text.replace(linkOfText, (_, label: string, address: string) => `${label} ${pieces.put(followed(pieces.fill(address), links))}`);
  return pieces.fill(linked.replace(strong, '$1'));
}

/** A text in which addresses stand as they are: each is followed. A tag ends an address. */
export function plainWithAddresses(source: string, links: LinkNumbers): string {
  const runs: (Part | Part[])[] = [];
  for (const part of splitLiquid(source)) {
    const last = runs.at(-1);
    if (part.isTag) runs.push(part);
    else if (Array.isArray(last)) last.push(part);
    else runs.push([part]);
  }
  return runs.map((run) => (Array.isArray(run) ? withAddresses(run, links) : run.text)).join('');
}

const addressInText = /https?:\/\/[^\s<>"'，。；！？、）】》]+/g;

function withAddresses(run: readonly Part[], links: LinkNumbers): string {
  const { pieces, text } = outOfTheWay(run);
  return pieces.fill(text.replace(addressInText, (address) => {
    const [, kept, rest] = /^(.*?)([.,;:!?)\]]*)$/s.exec(address) ?? ['', address, ''];
    return pieces.put(followed(pieces.fill(kept), links)) + rest;
  }));
}

const withoutLiquid = (source: string): { pieces: Pieces; text: string } => outOfTheWay(splitLiquid(source));

function outOfTheWay(parts: readonly Part[]): { pieces: Pieces; text: string } {
  const pieces = createInnerPieces();
  return { pieces, text: parts.map(({ isLiquid, text }) => (isLiquid ? pieces.put(text) : text)).join('') };
}
