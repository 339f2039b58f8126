import { route, type Route } from '../../../platform/http/route.ts';
import type { Say } from '../../../platform/i18n.ts';
import { listReadyMade } from '../contract/ready-made.ts';
import type { FieldRegistry } from '../fields/registry.ts';
import type { Sentences } from '../sentence/sentences.ts';
import { readyMade } from './ready-made.ts';

export const readyMadeRoutes = (fields: FieldRegistry, sentences: Sentences, say: Say): Route[] => [
  route(listReadyMade, async ({ actor: { locale } }) => ({
    audiences: await Promise.all(readyMade.filter(({ needs }) => !needs || fields.find(needs)).map(async ({ key, task, rule }) => ({
      key, task, rule,
      name: say(locale, 'audiences', `readyMade.${key}.name`),
      reason: say(locale, 'audiences', `readyMade.${key}.reason`),
      sentence: await sentences.ofRule(rule, locale),
    }))),
  })),
];
