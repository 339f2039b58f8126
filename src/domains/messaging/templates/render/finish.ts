import type { MessageLinks, RenderedMessage } from '../../part.ts';
import { mark } from './compiled.ts';
import { escapeHtml } from './engine.ts';
import type { WrittenMessage } from './renderer.ts';

const place = new RegExp(`${mark.open}(\\w+)${mark.close}`, 'g');

/** Fills the places of a message: each link with where it is followed, the picture that tells of opening, the ways out. */
export function finishMessage({ message, urls }: WrittenMessage, links: MessageLinks): RenderedMessage {
  const followed = urls.map(({ url, position }) => links.track(url, position));
  const addressOf = (name: string): string => {
    if (name === 'unsubscribe') return links.unsubscribeUrl;
    if (name === 'preferences') return links.preferencesUrl;
    return followed[Number(name)] ?? '';
  };
  const inText = (text: string): string => text.replace(place, (_, name: string) => (name === 'pixel' ? '' : addressOf(name)));
  const pixel = links.pixelUrl === null ? '' : `<img src="${escapeHtml(links.pixelUrl)}" width="1" height="1" alt="" style="display:block;border:0">`;
  const inHtml = (html: string): string => html.replace(place, (_, name: string) => (name === 'pixel' ? pixel : escapeHtml(addressOf(name))));
  return {
    ...message,
    text: inText(message.text),
    ...(message.subject === undefined ? {} : { subject: message.subject.replace(place, '') }),
    ...(message.html === undefined ? {} : { html: inHtml(message.html) }),
    ...(message.link === undefined ? {} : { link: inText(message.link) }),
    ...(message.variables === undefined ? {} : { variables: Object.fromEntries(Object.entries(message.variables).map(([name, value]) => [name, inText(value)])) }),
  };
}
