import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Flex, Select, useEndpoint, useFormat } from '../../../../web/kit.ts';
import { listFieldValues } from '../../contract.ts';
import { useSettled } from '../preview/use-settled.ts';

interface ValueSelectProps {
  label: string;
  /** What the values are of, as the server asks: `field:province`, `line:category`. */
  of: string;
  values: string[];
  onChange: (values: string[]) => void;
  /** Without, values are typed only. */
  isSuggested?: boolean;
}

interface Option {
  value: string;
  label: string;
  count?: number;
}

/** So many are shown before they are counted only. */
const mostNamed = 8;
const typingPauseMs = 250;
const suggestionsFreshMs = 300_000;

/** Values as they stand in the data: suggested by the server, the most frequent first; any other can be typed. */
export function ValueSelect({ label, of, values, onChange, isSuggested = true }: ValueSelectProps) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const [typed, setTyped] = useState('');
  const [isOpen, setOpen] = useState(false);
  const q = useSettled(typed.trim(), typingPauseMs);
  const needsNames = values.length > 0;
  const found = useEndpoint(listFieldValues, { query: { of, q, named: values.slice(0, mostNamed) } }, { enabled: isSuggested && (isOpen || needsNames), freshForMs: suggestionsFreshMs });
  const names = useRef(new Map<string, string>());
  const suggested = found.data?.values ?? [];
  for (const { value, label: name } of [...suggested, ...(found.data?.named ?? [])]) names.current.set(value, name);
  // What is typed stands below what is suggested, so that Enter takes the value that is in the data.
  const isOwn = typed.trim() !== '' && !suggested.some(({ value }) => value === typed);
  const options: Option[] = [...suggested, ...(isOwn ? [{ value: typed, label: t('web.value.own', { text: typed.trim() }) }] : [])];
  return (
    <Select<string[], Option>
      mode="tags"
      variant="filled"
      aria-label={label}
      placeholder={t('web.value.placeholder')}
      value={values}
      status={values.length === 0 ? 'warning' : ''}
      loading={found.isFetching}
      open={isOpen}
      onOpenChange={setOpen}
      showSearch={{ filterOption: false, onSearch: (text) => setTyped(text.slice(0, 100)) }}
      maxTagCount={mostNamed}
      tokenSeparators={[',', '，', '\n', '\t']}
      popupMatchSelectWidth={false}
      notFoundContent={t(isSuggested && found.isFetching ? 'web.value.loading' : 'web.value.typeOwn')}
      options={options}
      labelRender={({ value, label: name }) => names.current.get(String(value)) ?? name ?? value}
      optionRender={({ label: name, data }) => (
        <Flex justify="space-between" gap="large">
          <span>{name}</span>
          {data.count !== undefined && <small>{format.number(data.count)}</small>}
        </Flex>
      )}
      onChange={(chosen) => {
        onChange(chosen.map((value) => value.trim()).filter((value) => value !== '').slice(0, 500));
        setTyped('');
      }}
    />
  );
}
