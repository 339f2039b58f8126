import { Select } from 'antd';
import styles from '../patterns.module.css';
import type { Filter } from './columns.ts';

/** The choice of one filter: one value, or several where the filter takes several. */
export function FilterSelect({ filter, chosen, onChoose }: { filter: Filter; chosen: string[]; onChoose: (values: string[]) => void }) {
  const shared = {
    className: styles.filter,
    allowClear: true,
    placeholder: filter.label,
    'aria-label': filter.label,
    options: filter.options,
    popupMatchSelectWidth: false,
  };
  if (filter.multiple)
    return <Select<string[]> {...shared} mode="multiple" maxTagCount={1} value={chosen} onChange={onChoose} />;
  return (
    <Select<string | undefined>
      {...shared}
      value={chosen[0]}
      onChange={(value) => onChoose(value === undefined ? [] : [value])}
    />
  );
}
