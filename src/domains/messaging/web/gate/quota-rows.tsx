import { useTranslation } from 'react-i18next';
import { InlineWord, InputNumber, Select } from '../../../../web/kit.ts';
import { channelKinds, type PlatformQuota } from '../../contract.ts';
import { RuleRows } from './rule-rows.tsx';

/** What platforms allow. */
export function QuotaRows({ quotas, disabled, onChange }: { quotas: PlatformQuota[]; disabled: boolean; onChange: (quotas: PlatformQuota[]) => void }) {
  const { t } = useTranslation('messaging');
  const choices = <V extends string>(values: readonly V[], label: (value: V) => string) => values.map((value) => ({ value, label: label(value) }));
  return (
    <RuleRows<PlatformQuota>
      title={t('gate.quotas.title')} hint={t('gate.quotas.hint')} empty={t('gate.quotas.empty')} add={t('gate.quotas.add')} most={20} rows={quotas} disabled={disabled} onChange={onChange}
      newRow={() => ({ channel: 'sms', of: 'channel', per: 'day', most: 100_000 })}
      row={(quota, change) => (
        <>
          <Select value={quota.channel} disabled={disabled} aria-label={t('gate.channel')} popupMatchSelectWidth={false} options={choices(channelKinds, (value) => t(`channel.${value}`))} onChange={(channel) => change({ channel })} />
          <Select value={quota.of} disabled={disabled} aria-label={t('gate.quotas.ofLabel')} popupMatchSelectWidth={false} options={choices(['channel', 'person'], (value) => t(`gate.quotas.of.${value}`))} onChange={(of) => change({ of })} />
          <Select value={quota.per} disabled={disabled} aria-label={t('gate.quotas.perLabel')} popupMatchSelectWidth={false} options={choices(['day', 'month'], (value) => t(`gate.quotas.per.${value}`))} onChange={(per) => change({ per })} />
          <InlineWord>{t('gate.caps.atMost')}</InlineWord>
          <InputNumber min={1} max={1_000_000_000} precision={0} value={quota.most} disabled={disabled} aria-label={t('gate.caps.most')} onChange={(value) => change({ most: value ?? 1 })} />
          <InlineWord>{t('gate.caps.messages')}</InlineWord>
        </>
      )}
    />
  );
}
