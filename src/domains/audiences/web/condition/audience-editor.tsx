import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DatePicker, InlineControls, InlineWord, Select, todayIn, useEndpoint, useFormat, useSession } from '../../../../web/kit.ts';
import dayjs from 'dayjs';
import { listAudiences, readAudience } from '../../contract.ts';
import { WordSelect } from '../inputs/word-select.tsx';
import { useSettled } from '../preview/use-settled.ts';
import type { ConditionProps } from './condition-of.ts';

/** `In the audience Sleeping, now`. */
export function AudienceEditor({ condition, onChange }: ConditionProps<'audience'>) {
  const { t } = useTranslation('audiences');
  const today = todayIn(useSession().brand.timeZone);
  const { audienceId, on } = condition;
  return (
    <InlineControls>
      <InlineWord isStrong>{t('web.audience.in')}</InlineWord>
      <AudienceSelect audienceId={audienceId === 0 ? null : audienceId} onChange={(next) => onChange({ ...condition, audienceId: next })} />
      <WordSelect
        label={t('web.audience.when')}
        value={on === undefined ? 'now' : 'then'}
        options={(['now', 'then'] as const).map((value) => ({ value, label: t(`web.audience.${value}`) }))}
        onChange={(when) => onChange(when === 'now' ? { kind: 'audience', audienceId } : { kind: 'audience', audienceId, on: today })}
      />
      {on !== undefined && (
        <DatePicker
          variant="filled"
          allowClear={false}
          aria-label={t('web.audience.on')}
          value={dayjs(on)}
          maxDate={dayjs(today)}
          onChange={(day) => onChange({ ...condition, on: day?.format('YYYY-MM-DD') ?? on })}
        />
      )}
    </InlineControls>
  );
}

/** An audience, found by its name. */
export function AudienceSelect({ audienceId, onChange }: { audienceId: number | null; onChange: (audienceId: number) => void }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const [typed, setTyped] = useState('');
  const q = useSettled(typed.trim(), 250);
  const found = useEndpoint(listAudiences, { query: { q, pageSize: 50 } });
  const rows = found.data?.rows ?? [];
  const isListed = rows.some((row) => row.audienceId === audienceId);
  const chosen = useEndpoint(readAudience, { params: { audienceId: audienceId ?? 0 } }, { enabled: audienceId !== null && found.data !== undefined && !isListed });
  const nameless = audienceId !== null && !isListed ? [{ value: audienceId, label: chosen.data?.name ?? t(chosen.error ? 'web.audience.gone' : 'web.audience.no', { id: audienceId }) }] : [];
  return (
    <Select<number>
      variant="filled"
      aria-label={t('web.audience.choose')}
      placeholder={t('web.audience.choose')}
      value={audienceId}
      status={audienceId === null || chosen.error ? 'warning' : ''}
      loading={found.isFetching}
      popupMatchSelectWidth={false}
      showSearch={{ filterOption: false, onSearch: (text) => setTyped(text.slice(0, 100)) }}
      notFoundContent={t('web.audience.none')}
      options={[...nameless, ...rows.map((row) => ({ value: row.audienceId, label: t('web.audience.option', { name: row.name, size: format.number(row.size) }) }))]}
      onChange={onChange}
    />
  );
}
