import type { ToldChange, ToldFinding, ToldSentence } from '../../contract/programme-design.ts';
import type { ProgrammeDefinition } from '../../contract/programme.ts';
import type { Finding } from '../check/finding.ts';
import { compareDefinitions } from '../compare/compare-definitions.ts';
import { describeProgramme } from '../describe/describe-programme.ts';
import type { Words } from '../words/phrase.ts';

/** All a definition says, in a language. */
export const toldSentences = (definition: ProgrammeDefinition, words: Words): ToldSentence[] =>
  describeProgramme(definition).map(({ id, part, phrase, isPublic }) => ({ id, part, isPublic, text: words.say(phrase) }));

export const toldFindings = (findings: readonly Finding[], words: Words): ToldFinding[] => findings.map(({ path, level, phrase }) => ({ path, level, text: words.say(phrase) }));

/** What changes from one definition to another; each sentence calls tiers as its own definition does. */
export const toldChanges = (before: ProgrammeDefinition, after: ProgrammeDefinition, wordsOf: (definition: ProgrammeDefinition) => Words): ToldChange[] => {
  const [old, now] = [wordsOf(before), wordsOf(after)];
  return compareDefinitions(before, after).map(({ id, part, before: was, after: is, added, removed }) =>
    ({ id, part, before: was && old.say(was.phrase), after: is && now.say(is.phrase), added, removed }));
};
