import { Descriptions } from 'antd';
import type { ReactNode } from 'react';

/** Facts with their names. A fact without a value is shown as a dash, so that its absence is seen. */
export function DescriptionList({
  items,
  columns = 3,
}: {
  items: { label: string; value: ReactNode }[];
  /** On a wide screen; fewer on narrower ones. */
  columns?: 1 | 2 | 3 | 4;
}) {
  return (
    <Descriptions
      size="small"
      column={{ xs: 1, sm: Math.min(2, columns), md: Math.min(2, columns), lg: columns }}
      items={items.map(({ label, value }) => ({ key: label, label, children: value ?? '–' }))}
    />
  );
}
