import { Segmented } from 'antd';
import styles from './patterns.module.css';

/** A choice among few, all visible. */
export interface SegmentedControlProps<V extends string> {
  /** What is chosen, for readers of the screen by ear. */
  label: string;
  value: V;
  options: { value: V; label: string }[];
  onChange: (value: V) => void;
}

export function SegmentedControl<V extends string>({ label, value, options, onChange }: SegmentedControlProps<V>) {
  return <Segmented<V> className={styles.segmented} aria-label={label} value={value} options={options} onChange={onChange} />;
}
