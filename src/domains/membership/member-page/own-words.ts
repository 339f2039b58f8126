import type { Say } from '../../../platform/i18n.ts';

/** Says things as a member is told them: in words of their own where the page has any, else in those of everybody. */
export const ownWords = (say: Say): Say => (locale, namespace, key, params) => {
  const own = `page.own.${key}`;
  const said = say(locale, namespace, own, params);
  return said === own ? say(locale, namespace, key, params) : said;
};
