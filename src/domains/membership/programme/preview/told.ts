import type { Locale } from '../../../../kernel/locale.ts';
import type { Say } from '../../../../platform/i18n.ts';
import type { Brand } from '../../../../platform/settings.ts';
import type { ToldChange, ToldFinding, ToldSentence } from '../../contract/programme-design.ts';
import type { ProgrammeDefinition } from '../../contract/programme.ts';
import type { Finding } from '../check/finding.ts';
import { compareDefinitions } from '../compare/compare-definitions.ts';
import { describeProgramme } from '../describe/describe-programme.ts';
import { createWords, type Words } from '../words/phrase.ts';

/** All a definition says, in a language. */
export const toldSentences = (definition: ProgrammeDefinition, words: Words): ToldSentence[] =>
  describeProgramme(definition).map(({ id, part, phrase, isPublic }) => ({ id, part, isPublic, text: words.say(phrase) }));

/** What members are told of a definition, part by part. */
export const publicRules = (definition: ProgrammeDefinition, say: Say, locale: Locale, brand: Brand): { title: string; sentences: string[] }[] => {
  const told = toldSentences(definition, createWords(say, locale, brand, definition.tiers)).filter(({ isPublic }) => isPublic);
  return [...Map.groupBy(told, ({ part }) => part)].map(([part, sentences]) => ({ title: say(locale, 'membership', `programme.part.${part}`), sentences: sentences.map(({ text }) => text) }));
};

export const toldFindings = (findings: readonly Finding[], words: Words): ToldFinding[] => findings.map(({ path, level, phrase }) => ({ path, level, text: words.say(phrase) }));

/** What changes from one definition to another; each sentence calls tiers as its own definition does. */
export const toldChanges = (before: ProgrammeDefinition, after: ProgrammeDefinition, wordsOf: (definition: ProgrammeDefinition) => Words): ToldChange[] => {
  const [old, now] = [wordsOf(before), wordsOf(after)];
  return compareDefinitions(before, after).map(({ id, part, before: was, after: is, added, removed }) =>
    ({ id, part, before: was && old.say(was.phrase), after: is && now.say(is.phrase), added, removed }));
};
