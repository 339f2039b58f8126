import { useTranslation } from 'react-i18next';
import { InlineControls, InlineWord, Input, InputNumber } from '../../../../web/kit.ts';
import type { ConditionProps } from './condition-of.ts';

/** `A sample of 10 % of all users`, the same people for the same name. */
export function SampleEditor({ condition, onChange }: ConditionProps<'sample'>) {
  const { t } = useTranslation('audiences');
  return (
    <InlineControls>
      <InlineWord isStrong>{t('web.sample.of')}</InlineWord>
      <InputNumber variant="filled" aria-label={t('web.sample.percent')} value={condition.percent} min={0.01} max={100} onChange={(percent) => percent !== null && onChange({ ...condition, percent })} />
      <InlineWord>{t('web.sample.named')}</InlineWord>
      <Input variant="filled" aria-label={t('web.sample.name')} maxLength={60} value={condition.salt} status={condition.salt === '' ? 'warning' : ''} onChange={({ target }) => onChange({ ...condition, salt: target.value })} />
    </InlineControls>
  );
}
