import { Segmented } from 'antd';

/** A choice among few, all visible. */
export interface SegmentedControlProps<V extends string> {
  /** What is chosen, for readers of the screen by ear. */
  label: string;
  value: V;
  options: { value: V; label: string }[];
  onChange: (value: V) => void;
}

export function SegmentedControl<V extends string>({ label, value, options, onChange }: SegmentedControlProps<V>) {
  return <Segmented<V> aria-label={label} value={value} options={options} onChange={onChange} />;
}
