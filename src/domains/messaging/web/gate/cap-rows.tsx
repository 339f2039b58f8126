import { useTranslation } from 'react-i18next';
import { InlineWord, Input, InputNumber, Select } from '../../../../web/kit.ts';
import { type ChannelKind, channelKinds, type FrequencyCap } from '../../contract.ts';
import { RuleRows } from './rule-rows.tsx';

/** How often somebody may be reached. */
export function CapRows({ caps, disabled, onChange }: { caps: FrequencyCap[]; disabled: boolean; onChange: (caps: FrequencyCap[]) => void }) {
  const { t } = useTranslation('messaging');
  return (
    <RuleRows<FrequencyCap>
      title={t('gate.caps.title')} hint={t('gate.caps.hint')} empty={t('gate.caps.empty')} add={t('gate.caps.add')} most={20} rows={caps} disabled={disabled} onChange={onChange}
      newRow={() => ({ most: 1, per: { count: 7, unit: 'day' }, channel: null, category: null })}
      row={({ most, per, channel, category }, change) => (
        <>
          <InlineWord>{t('gate.caps.within')}</InlineWord>
          <InputNumber min={1} max={90} precision={0} value={per.count} disabled={disabled} aria-label={t('gate.caps.count')} onChange={(count) => change({ per: { ...per, count: count ?? 1 } })} />
          <Select value={per.unit} disabled={disabled} aria-label={t('gate.caps.unit')} options={(['hour', 'day'] as const).map((value) => ({ value, label: t(`gate.unit.${value}`) }))} onChange={(unit) => change({ per: { ...per, unit } })} />
          <InlineWord>{t('gate.caps.by')}</InlineWord>
          <Select<ChannelKind | ''> value={channel ?? ''} disabled={disabled} aria-label={t('gate.channel')} popupMatchSelectWidth={false} options={[{ value: '', label: t('gate.allChannels') }, ...channelKinds.map((value) => ({ value, label: t(`channel.${value}`) }))]} onChange={(value) => change({ channel: value === '' ? null : value })} />
          <Input style={{ width: 100 }} value={category ?? ''} maxLength={60} disabled={disabled} placeholder={t('gate.caps.anyCategory')} aria-label={t('gate.caps.category')} onChange={(event) => change({ category: event.target.value === '' ? null : event.target.value })} />
          <InlineWord>{t('gate.caps.atMost')}</InlineWord>
          <InputNumber min={1} max={100} precision={0} value={most} disabled={disabled} aria-label={t('gate.caps.most')} onChange={(value) => change({ most: value ?? 1 })} />
          <InlineWord>{t('gate.caps.messages')}</InlineWord>
        </>
      )}
    />
  );
}
