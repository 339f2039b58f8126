import type { MessageLinks, MessageOf } from '../../part.ts';
import type { MessageTokens } from './message-tokens.ts';

/** Where addresses in messages lead on the program's own site: short, since text messages carry them. */
export const trackingPaths = { click: '/m/c', open: '/m/o', unsubscribe: '/m/u', preferences: '/m/p' } as const;

export interface LinkSettings {
  tokens: MessageTokens;
  /** Where the program is reached from outside, without a slash at its end. */
  site: string;
  /** The links of the template as they were written. */
  links: readonly string[];
  hasPixel: boolean;
  /** Everybody gets the same: it leaves as one for all, so that nobody's own link may be in it. */
  isForAll?: boolean;
}

/**
 * How links of one message are written. A link that came out as it was written is named by its place alone, and the template's version
 * says where it leads; one that is this person's own goes along, under the same signature. So neither can be made to lead elsewhere.
 */
export function linksOfMessage({ tokens, site, links, hasPixel, isForAll = false }: LinkSettings, message: MessageOf, arm: number): MessageLinks {
  const of = { ...message, arm, position: 0 };
  return {
    track(url, position) {
      // What is no page cannot be counted: a number to call, an address to write to.
      if (isForAll || !/^https?:\/\//i.test(url)) return url;
      const isAsWritten = links[position] === url;
      const token = tokens.seal('click', { ...of, position }, isAsWritten ? '' : url);
      return `${site}${trackingPaths.click}/${token}${isAsWritten ? '' : `?u=${encodeURIComponent(url)}`}`;
    },
    pixelUrl: hasPixel ? `${site}${trackingPaths.open}/${tokens.seal('open', of)}` : null,
    unsubscribeUrl: `${site}${trackingPaths.unsubscribe}/${tokens.seal('unsubscribe', of)}`,
    preferencesUrl: `${site}${trackingPaths.preferences}/${tokens.seal('preferences', of)}`,
  };
}
