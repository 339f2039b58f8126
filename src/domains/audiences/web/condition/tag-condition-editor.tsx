import { useTranslation } from 'react-i18next';
import { InlineControls, InlineWord } from '../../../../web/kit.ts';
import { useFieldList } from '../inputs/use-field-list.ts';
import { WordsSelect } from '../inputs/word-select.tsx';
import type { ConditionProps } from './condition-of.ts';
import { MatchSelect } from './match-select.tsx';

/** `Has any of the tags …`. */
export function TagConditionEditor({ condition, onChange }: ConditionProps<'tag'>) {
  const { t } = useTranslation('audiences');
  const { data } = useFieldList();
  const known = (data?.tags ?? []).map(({ tagId, name }) => ({ value: tagId, label: name }));
  const gone = condition.tags.filter((tagId) => data && !known.some(({ value }) => value === tagId)).map((tagId) => ({ value: tagId, label: t('web.tag.gone', { id: tagId }) }));
  return (
    <InlineControls>
      <InlineWord isStrong>{t('web.tag.has')}</InlineWord>
      <MatchSelect match={condition.match} onChange={(match) => onChange({ ...condition, match })} />
      <WordsSelect label={t('web.tag.tags')} values={condition.tags} options={[...known, ...gone]} onChange={(tags) => onChange({ ...condition, tags })} />
    </InlineControls>
  );
}
