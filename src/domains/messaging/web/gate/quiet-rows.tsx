import { useTranslation } from 'react-i18next';
import { InlineWord, Select, TimeField } from '../../../../web/kit.ts';
import { channelKinds, type ChannelKind, type QuietTime } from '../../contract.ts';
import { RuleRows } from './rule-rows.tsx';

/** When nobody is to be disturbed. */
export function QuietRows({ quiet, disabled, onChange }: { quiet: QuietTime[]; disabled: boolean; onChange: (quiet: QuietTime[]) => void }) {
  const { t } = useTranslation('messaging');
  return (
    <RuleRows<QuietTime>
      title={t('gate.quiet.title')} hint={t('gate.quiet.hint')} empty={t('gate.quiet.empty')} add={t('gate.quiet.add')} most={10} rows={quiet} disabled={disabled} onChange={onChange}
      newRow={() => ({ from: '21:00', until: '09:00', channels: [], clock: 'person', what: 'defer' })}
      row={({ from, until, channels, clock, what }, change) => (
        <>
          <TimeField value={from} disabled={disabled} aria-label={t('gate.quiet.from')} onChange={(from) => change({ from })} />
          <InlineWord>{t('gate.quiet.until')}</InlineWord>
          <TimeField value={until} disabled={disabled} aria-label={t('gate.quiet.untilTime')} onChange={(until) => change({ until })} />
          <Select value={clock} disabled={disabled} aria-label={t('gate.quiet.clockLabel')} popupMatchSelectWidth={false} options={(['person', 'brand'] as const).map((value) => ({ value, label: t(`gate.quiet.clock.${value}`) }))} onChange={(value) => change({ clock: value })} />
          <Select<ChannelKind[]> mode="multiple" style={{ minWidth: 128 }} value={channels} disabled={disabled} aria-label={t('gate.channel')} placeholder={t('gate.allChannels')} maxTagCount={2} options={channelKinds.map((value) => ({ value, label: t(`channel.${value}`) }))} onChange={(value) => change({ channels: value })} />
          <Select value={what} disabled={disabled} aria-label={t('gate.quiet.whatLabel')} popupMatchSelectWidth={false} options={(['defer', 'drop'] as const).map((value) => ({ value, label: t(`gate.quiet.what.${value}`) }))} onChange={(value) => change({ what: value })} />
        </>
      )}
    />
  );
}
