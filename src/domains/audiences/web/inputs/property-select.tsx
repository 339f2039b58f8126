import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Select, useEndpoint } from '../../../../web/kit.ts';
import { listEventProperties } from '../../contract.ts';

interface PropertySelectProps {
  event: string;
  property: string;
  onChange: (property: string, isNumber: boolean) => void;
  /** Only those that are numbers are offered. */
  onlyNumbers?: boolean;
}

/** A property that events of a name carry; one that none has carried yet can be typed. */
export function PropertySelect({ event, property, onChange, onlyNumbers = false }: PropertySelectProps) {
  const { t } = useTranslation('audiences');
  const [typed, setTyped] = useState('');
  const { data, isFetching } = useEndpoint(listEventProperties, { query: { event } }, { enabled: event !== '', freshForMs: 300_000 });
  const known = (data?.properties ?? []).filter(({ isNumber }) => isNumber || !onlyNumbers);
  const names = [...new Set([...known.map((one) => one.property), property, typed.trim()])].filter((name) => name !== '');
  return (
    <Select<string>
      variant="filled"
      aria-label={t('web.filter.property')}
      placeholder={t('web.filter.property')}
      value={property === '' ? undefined : property}
      status={property === '' ? 'warning' : ''}
      loading={isFetching}
      popupMatchSelectWidth={false}
      showSearch={{ optionFilterProp: 'label', onSearch: (text) => setTyped(text.slice(0, 120)) }}
      options={names.map((name) => ({ value: name, label: name }))}
      onChange={(name) => onChange(name, known.find((one) => one.property === name)?.isNumber ?? false)}
    />
  );
}
