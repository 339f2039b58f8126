import type pg from 'pg';
import type { Locale } from '../../../kernel/locale.ts';
import { rawRoute, route, type Route } from '../../../platform/http/route.ts';
import type { Say } from '../../../platform/i18n.ts';
import { readMakeUp } from '../contract/make-up.ts';
import { exportMakeUp, readRfm } from '../contract/rfm.ts';
import type { Rule } from '../contract/rule.ts';
import type { ValueNames } from '../fields/value-names.ts';
import { sendMakeUp } from './make-up-file.ts';
import { createMakeUp, type MakeUpParts, type TraitWords } from './make-up.ts';
import { createRfm, rfmWords } from './rfm/rfm.ts';

const worded: ReadonlySet<string> = new Set(['recency', 'frequency', 'value', 'lifecycle']);

export function makeUpRoutes(parts: MakeUpParts, say: Say, names: ValueNames): Route[] {
  const makeUp = createMakeUp(parts);
  const rfm = createRfm(parts);
  const words = async (locale: Locale): Promise<TraitWords> => {
    const tags = await tagNames(parts.platform.pg);
    return {
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
    };
  };
  return [
    route(readMakeUp, async ({ body, actor: { locale } }) => makeUp(body.rule, body.against, await words(locale))),
    route(readRfm, ({ body, actor: { locale } }) => rfm(body.rule, body.against, rfmWords(say, locale))),
    rawRoute(exportMakeUp, async ({ params: { audienceId }, query: { against }, actor, reply }) => {
      const rule = membersOf(audienceId);
      const other = against === undefined ? undefined : membersOf(against);
      const traits = await makeUp(rule, other, await words(actor.locale));
      const segments = await rfm(rule, other, rfmWords(say, actor.locale));
      return sendMakeUp({ platform: parts.platform, say, actor, reply }, { audienceId, against: against ?? null }, traits, segments);
    }),
  ];
}

const membersOf = (audienceId: number): Rule => ({ kind: 'audience', audienceId });

async function tagNames(pool: pg.Pool): Promise<Map<string, string>> {
  const { rows } = await pool.query<{ id: string; name: string }>('select tag_id::text as id, name from tag');
  return new Map(rows.map(({ id, name }) => [id, name]));
}
