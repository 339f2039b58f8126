import { useTranslation } from 'react-i18next';
import { InlineControls, InlineWord } from '../../../../web/kit.ts';
import { type ConsentChannel, consentChannels, type ConsentPurpose, consentPurposes } from '../../../customers/contract.ts';
import { WordSelect } from '../inputs/word-select.tsx';
import type { ConditionProps } from './condition-of.ts';

const states = ['granted', 'withdrawn', 'unasked'] as const;

/** `Text message for marketing: granted`. */
export function ConsentEditor({ condition, onChange }: ConditionProps<'consent'>) {
  const { t } = useTranslation(['audiences', 'customers']);
  return (
    <InlineControls>
      <InlineWord isStrong>{t('web.consent.by')}</InlineWord>
      <WordSelect<ConsentChannel>
        label={t('web.consent.channel')}
        value={condition.channel}
        options={consentChannels.map((value) => ({ value, label: t(`customers:channel.${value}`) }))}
        onChange={(channel) => onChange({ ...condition, channel })}
      />
      <InlineWord>{t('web.consent.for')}</InlineWord>
      <WordSelect<ConsentPurpose>
        label={t('web.consent.purpose')}
        value={condition.purpose}
        options={consentPurposes.map((value) => ({ value, label: t(`customers:purpose.${value}`) }))}
        onChange={(purpose) => onChange({ ...condition, purpose })}
      />
      <WordSelect
        label={t('web.consent.state')}
        value={condition.state}
        options={states.map((value) => ({ value, label: t(`web.consent.${value}`) }))}
        onChange={(state) => onChange({ ...condition, state })}
      />
    </InlineControls>
  );
}
