import type pg from 'pg';
import { route, type Route } from '../../../platform/http/route.ts';
import type { Say } from '../../../platform/i18n.ts';
import { readMakeUp } from '../contract/make-up.ts';
import type { ValueNames } from '../fields/value-names.ts';
import { createMakeUp, type MakeUpParts } from './make-up.ts';

const worded: ReadonlySet<string> = new Set(['recency', 'frequency', 'value', 'lifecycle']);

export function makeUpRoutes(parts: MakeUpParts, say: Say, names: ValueNames): Route[] {
  const makeUp = createMakeUp(parts);
  return [
    route(readMakeUp, async ({ body, actor: { locale } }) => {
      const tags = await tagNames(parts.platform.pg);
      return makeUp(body.rule, body.against, {
        trait: (label) => say(locale, label.split(':')[0], label.split(':')[1]),
        value(trait, value) {
          if (trait === 'event') return names.event(value, locale);
          if (trait === 'tag') return tags.get(value) ?? value;
          if (trait === 'consent') {
            const [channel, purpose, state] = value.split('/');
            const word = (key: string): string => say(locale, 'audiences', `sentence.${key}`);
            return say(locale, 'audiences', `sentence.consent.${state}`, { channel: word(`channel.${channel}`), purpose: word(`purpose.${purpose}`) });
          }
          return worded.has(trait) ? say(locale, 'audiences', `makeUp.${trait}.${value}`) : names.word(trait, value, locale);
        },
      });
    }),
  ];
}

async function tagNames(pool: pg.Pool): Promise<Map<string, string>> {
  const { rows } = await pool.query<{ id: string; name: string }>('select tag_id::text as id, name from tag');
  return new Map(rows.map(({ id, name }) => [id, name]));
}
