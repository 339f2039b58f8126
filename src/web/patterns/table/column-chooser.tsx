import { Button, Checkbox, Divider, Flex, Popover, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { SettingOutlined } from '../../icons.tsx';
import { type Column, type ListChoice, shownColumns } from './columns.ts';

/** Which columns a list shows, and how close its rows stand. */
export function ColumnChooser<Row>({
  columns,
  choice,
  change,
}: {
  columns: readonly Column<Row>[];
  choice: ListChoice;
  change: (part: Partial<ListChoice>) => void;
}) {
  const { t } = useTranslation('web');
  const shown = shownColumns(columns, choice).map(({ key }) => key);
  const toggle = (key: string): void =>
    change({ shown: shown.includes(key) ? shown.filter((one) => one !== key) : [...shown, key] });
  const content = (
    <Flex vertical gap="small">
      {columns.map(({ key, title }, index) => (
        <Checkbox key={key} checked={shown.includes(key)} disabled={index === 0} onChange={() => toggle(key)}>
          {title}
        </Checkbox>
      ))}
      <Divider size="small" />
      <Segmented<ListChoice['density']>
        aria-label={t('list.density')}
        value={choice.density}
        options={[
          { value: 'middle', label: t('list.comfortable') },
          { value: 'small', label: t('list.compact') },
        ]}
        onChange={(density) => change({ density })}
      />
    </Flex>
  );
  return (
    <Popover trigger="click" placement="bottomRight" content={content}>
      <Button icon={<SettingOutlined />} aria-label={t('list.columns')} />
    </Popover>
  );
}
