import { useTranslation } from 'react-i18next';
import type { TimelineEntry } from '../../contract.ts';
import { useActorName } from './use-actor-name.ts';
import { useFactText } from './use-fact-text.ts';

/** An entry of the timeline in the reader's language: its sentence, and its facts in one line below. */
export function useEntryText(): (entry: TimelineEntry) => { title: string; body: string | undefined } {
  const { t } = useTranslation();
  const factText = useFactText();
  const actorName = useActorName();
  const fieldName = (field: string): string => t(`customers:field.${field}`, { defaultValue: field });
  return ({ text, params, facts }) => {
    const fields = typeof params.fields === 'string' ? params.fields.split(',').map(fieldName).join(t('customers:timeline.and')) : undefined;
    const lines = facts.map((fact) => `${t(fact.label)} ${factText(fact.value, fact.unit)}`);
    const actor = typeof params.actor === 'string' ? actorName(params.actor) : undefined;
    return { title: t(text, { ...params, fields, actor }), body: lines.length > 0 ? lines.join(' · ') : undefined };
  };
}
