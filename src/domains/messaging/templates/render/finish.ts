import type { Locale } from '../../../../kernel/locale.ts';
import type { MessageLinks, RenderedMessage } from '../../part.ts';
import type { CompiledTemplate } from './compiled.ts';
import { escapeHtml } from './engine.ts';
import { type Piece, splitAtPlaces, splitSharedParts } from './pieces.ts';
import type { WrittenMessage } from './renderer.ts';

/** Puts a message of a language together and fills its places: each link with where it is followed, the picture that tells of opening, the ways out. */
export function finishMessage(compiled: CompiledTemplate, locale: Locale, { message, html, urls }: WrittenMessage, links: MessageLinks): RenderedMessage {
  const followed = urls.map(({ url, position }) => links.track(url, position));
  const addressOf = (name: string): string => {
    if (name === 'unsubscribe') return links.unsubscribeUrl;
    if (name === 'preferences') return links.preferencesUrl;
    return followed[Number(name)] ?? '';
  };
  const pixel = links.pixelUrl === null ? '' : `<img src="${escapeHtml(links.pixelUrl)}" width="1" height="1" alt="" style="display:block;border:0">`;
  const filled = (split: readonly string[], of: (name: string) => string): string => split.reduce((all, part, i) => all + (i % 2 === 0 ? part : of(part)), '');
  const inText = (text: string): string => filled(splitAtPlaces(text), (name) => (name === 'pixel' ? '' : addressOf(name)));
  const inHtml = (split: readonly string[]): string => filled(split, (name) => (name === 'pixel' ? pixel : escapeHtml(addressOf(name))));
  // Added, not joined: a text of pieces is small until it leaves, and a thousand whole pages are not moved about in memory.
  const page = (pieces: readonly Piece[]): string => pieces.reduce<string>((all, piece) => all + inHtml(typeof piece === 'number' ? shared[piece] : splitAtPlaces(piece)), '');
  const shared = html === null ? [] : splitSharedParts(compiled.locales[locale]!);
  return {
    ...message,
    text: inText(message.text),
    ...(message.subject === undefined ? {} : { subject: filled(splitAtPlaces(message.subject), () => '') }),
    ...(html === null ? {} : { html: page(html) }),
    ...(message.link === undefined ? {} : { link: inText(message.link) }),
    ...(message.variables === undefined ? {} : { variables: Object.fromEntries(Object.entries(message.variables).map(([name, value]) => [name, inText(value)])) }),
  };
}
