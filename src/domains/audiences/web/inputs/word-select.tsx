import { Select } from '../../../../web/kit.ts';

interface WordSelectProps<V extends string> {
  label: string;
  value: V;
  options: { value: V; label: string }[];
  onChange: (value: V) => void;
}

/** A choice among few that reads as a word of the sentence around it. */
export function WordSelect<V extends string>({ label, value, options, onChange }: WordSelectProps<V>) {
  return <Select<V> variant="filled" aria-label={label} value={value} options={options} popupMatchSelectWidth={false} onChange={onChange} />;
}

interface WordsSelectProps<V extends string | number> {
  label: string;
  values: V[];
  options: { value: V; label: string }[];
  onChange: (values: V[]) => void;
}

/** Several out of a known list. */
export function WordsSelect<V extends string | number>({ label, values, options, onChange }: WordsSelectProps<V>) {
  return (
    <Select<V[]>
      variant="filled"
      mode="multiple"
      aria-label={label}
      placeholder={label}
      value={values}
      options={options}
      optionFilterProp="label"
      maxTagCount={6}
      popupMatchSelectWidth={false}
      status={values.length === 0 ? 'warning' : ''}
      onChange={onChange}
    />
  );
}
