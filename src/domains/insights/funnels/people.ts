import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import type { Say } from '../../../platform/i18n.ts';
import type { FunnelAsked, FunnelStepPeople } from '../contract/funnels.ts';
import type { PeopleSource } from '../people/people.ts';
import type { FunnelAnswers } from './answer.ts';

/** The question without what is wanted of it. */
const askedOf = ({ steps, window, order, from, to, split }: FunnelStepPeople): FunnelAsked => ({ steps, window, order, from, to, split });

/** The people who reached a step of a funnel, or got no further. */
export function funnelPeople(answers: FunnelAnswers, say: Say): PeopleSource<'funnel_step'> {
  return {
    kind: 'funnel_step',
    find: async (of) => (of.step < of.steps.length ? Bitmap.of(await answers.people(askedOf(of), { step: of.step, part: of.part, group: of.group })) : Bitmap.empty),
    sentence: async ({ steps, step, part, group, from, to, split }, locale) => {
      const text = (key: string, values = {}): string => say(locale, 'insights', `funnel.people.${key}`, values);
      const nameOf = (place: number): string => {
        const { name, facts, which } = steps[Math.min(place, steps.length - 1)];
        if (name) return name;
        return facts.fact === 'event' ? facts.name : text(which === 'first' ? 'first' : facts.of);
      };
      const key = group?.key ?? text('rest');
      const among = group ? text('among', { split: say(locale, 'insights', `funnel.split.${split.by}`), key: ['new', 'returning', 'in', 'out'].includes(key) ? say(locale, 'insights', `funnel.group.${key}`) : key || text('unsaid') }) : '';
      const isLast = step === steps.length - 1;
      const sentence = part === 'reached' ? text('reached', { step: nameOf(step), from, to }) : isLast ? text('finished', { step: nameOf(step), from, to }) : text('left', { step: nameOf(step), next: nameOf(step + 1), from, to });
      return sentence + among;
    },
  };
}
