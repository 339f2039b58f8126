import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { Rule } from '../../../audiences/contract.ts';
import { Section, Stack, Table, Tabs, Typography, useFormat, useSearchState } from '../../../../web/kit.ts';
import { type PreferenceDimension, preferenceDimensions, type PreferenceResult } from '../../contract.ts';
import { PeopleButton } from './people-button.tsx';
import { prefers } from './rules.ts';
import { useValueText } from './use-value-text.ts';

const state = z.object({ dimension: z.enum(preferenceDimensions).default('category') });

interface ValuesProps {
  result: PreferenceResult;
  onPeople: (rule: Rule) => void;
}

/** Whose favourite each value is, with how the affinities of the dimension are reckoned. */
export function ValuesSection({ result, onPeople }: ValuesProps) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const text = useValueText();
  const [{ dimension }, change] = useSearchState(state);
  const values = result.values.filter((row) => row.dimension === dimension);
  const settings = result.settings.find((one) => one.dimension === dimension);
  return (
    <Section title={t('preference.values.title')}>
      <Stack>
        <Tabs activeKey={dimension} items={preferenceDimensions.map((key) => ({ key, label: t(`preference.dimension.${key}`) }))} onChange={(key) => change({ dimension: key as PreferenceDimension })} />
        <Typography.Text type="secondary">
          {t('preference.values.explained')}{' '}
          {settings && (settings.halfLifeDays === null ? t('preference.values.noHalfLife', { prior: settings.priorLines }) : t('preference.values.settings', { days: settings.halfLifeDays, prior: settings.priorLines }))}
        </Typography.Text>
        <Table
          size="small" rowKey="value" dataSource={values} scroll={{ x: 420 }} pagination={values.length > 10 ? { pageSize: 10, size: 'small', showSizeChanger: false } : false}
          locale={{ emptyText: t('preference.values.none') }}
          columns={[
            { title: t(`preference.dimension.${dimension}`), render: (_, { value }) => text(dimension, value) },
            { title: t('preference.people'), align: 'right', sorter: (a, b) => a.people - b.people, render: (_, row) => <PeopleButton people={row.people} onOpen={() => onPeople(prefers(dimension, row.value))} /> },
            { title: t('preference.values.ofPeople'), align: 'right', render: (_, row) => format.percent(row.people / Math.max(1, result.people), 1) },
            { title: t('preference.values.share'), align: 'right', sorter: (a, b) => a.share - b.share, render: (_, row) => format.percent(row.share, 1) },
          ]}
        />
      </Stack>
    </Section>
  );
}
