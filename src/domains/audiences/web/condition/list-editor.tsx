import { useTranslation } from 'react-i18next';
import { InlineControls, InlineWord } from '../../../../web/kit.ts';
import { CountInput } from '../inputs/period-input.tsx';
import type { ConditionProps } from './condition-of.ts';

/** `On the uploaded list no. 3`. */
export function ListEditor({ condition, onChange }: ConditionProps<'list'>) {
  const { t } = useTranslation('audiences');
  return (
    <InlineControls>
      <InlineWord isStrong>{t('web.upload.on')}</InlineWord>
      <CountInput label={t('web.upload.number')} least={1} most={2_147_483_647} value={condition.listId} onChange={(listId) => onChange({ ...condition, listId })} />
    </InlineControls>
  );
}
