import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import type { Locale } from '../../../../kernel/locale.ts';
import type { Say } from '../../../../platform/i18n.ts';
import type { FlowKind } from '../../contract/flows.ts';
import type { PeopleSource } from '../../people/people.ts';
import type { FlowAnswers } from './answer.ts';

/** The people whose paths go some way. */
export function flowPeople(answers: FlowAnswers, say: Say): PeopleSource<'flow_step'> {
  const nameOf = ({ fact, name }: FlowKind, locale: Locale): string => (fact === 'event' ? name : say(locale, 'insights', `flow.kind.${fact}`));
  return {
    kind: 'flow_step',
    find: async (of) => Bitmap.of(await answers.people(of)),
    sentence: async ({ step, at, then, from, to }, locale) => {
      const values = { step: nameOf(step, locale), place: at + 1, from, to };
      if (then === 'any' || then === 'end') return say(locale, 'insights', `flow.people.${then}`, values);
      return say(locale, 'insights', 'flow.people.then', { ...values, next: nameOf(then, locale) });
    },
  };
}
