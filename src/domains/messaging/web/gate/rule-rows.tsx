import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, InlineControls, Section, Stack, Typography } from '../../../../web/kit.ts';
import { DeleteOutlined, PlusOutlined } from '../../../../web/icons.tsx';

interface RuleRowsProps<T> {
  title: string;
  hint: string;
  empty: string;
  add: string;
  most: number;
  rows: readonly T[];
  disabled: boolean;
  /** The controls of a row, as a sentence. */
  row: (row: T, change: (part: Partial<T>) => void) => ReactNode;
  newRow: () => T;
  onChange: (rows: T[]) => void;
}

/** Rules of one kind, each a sentence with controls in it. */
export function RuleRows<T extends object>({ title, hint, empty, add, most, rows, disabled, row, newRow, onChange }: RuleRowsProps<T>) {
  const { t } = useTranslation('messaging');
  return (
    <Section title={title}>
      <Stack>
        <Typography.Text type="secondary">{hint}</Typography.Text>
        {rows.length === 0 && <Typography.Text>{empty}</Typography.Text>}
        {rows.map((one, place) => (
          <InlineControls key={place}>
            {row(one, (part) => onChange(rows.map((each, at) => (at === place ? { ...each, ...part } : each))))}
            {!disabled && <Button type="text" icon={<DeleteOutlined />} aria-label={t('gate.remove', { place: place + 1 })} onClick={() => onChange(rows.filter((_, at) => at !== place))} />}
          </InlineControls>
        ))}
        {!disabled && rows.length < most && <Button type="dashed" icon={<PlusOutlined />} onClick={() => onChange([...rows, newRow()])}>{add}</Button>}
      </Stack>
    </Section>
  );
}
