import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { Rule } from '../../../audiences/contract.ts';
import { Columns, Section, Select, Stack, Table, Tag, Typography, useFormat, useSearchState } from '../../../../web/kit.ts';
import type { PreferenceResult } from '../../contract.ts';
import { PeopleButton } from './people-button.tsx';
import { preferrersWith } from './rules.ts';

const state = z.object({ category: z.string().default('') });
const traits = ['channel', 'province', 'age'] as const;
/** As far from 100 as is worth a mark. */
const [high, low] = [120, 80];

interface CategoriesProps {
  result: PreferenceResult;
  currency: string;
  onPeople: (rule: Rule) => void;
}

/** Who prefers a category: channels, provinces and ages that are commoner among them than among all, and its price bands. */
export function CategoriesSection({ result: { preferrers, bands }, currency, onPeople }: CategoriesProps) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const [{ category }, change] = useSearchState(state);
  const shown = preferrers.find((one) => one.category === category) ?? preferrers.at(0);
  if (!shown) return null;
  const lowest = bands.find((one) => one.category === shown.category)?.lowest ?? [];
  return (
    <Section title={t('preference.categories.title')} extra={<Select aria-label={t('preference.dimension.category')} popupMatchSelectWidth={false} value={shown.category} options={preferrers.map((one) => ({ value: one.category, label: one.category }))} onChange={(value) => change({ category: value })} />}>
      <Stack>
        <Typography.Text type="secondary">{t('preference.categories.explained', { count: shown.people, shown: format.number(shown.people), category: shown.category })}</Typography.Text>
        <Columns>
          {traits.map((trait) => (
            <Table
              key={trait} size="small" rowKey="value" scroll={{ x: 300 }} locale={{ emptyText: t('preference.categories.unknown') }}
              dataSource={shown.traits.filter((row) => row.trait === trait).toSorted((a, b) => b.tgi - a.tgi)} pagination={{ pageSize: 7, size: 'small', showSizeChanger: false, hideOnSinglePage: true }}
              columns={[
                { title: t(`preference.categories.${trait}`), render: (_, { value }) => (trait === 'age' ? t('preference.categories.ageOf', { age: value }) : value) },
                { title: t('preference.people'), align: 'right', sorter: (a, b) => a.people - b.people, render: (_, row) => <PeopleButton people={row.people} onOpen={() => onPeople(preferrersWith(shown.category, trait, row.value))} /> },
                { title: 'TGI', align: 'right', sorter: (a, b) => a.tgi - b.tgi, render: (_, { tgi }) => <Index tgi={tgi} /> },
              ]}
            />
          ))}
        </Columns>
        {lowest.some((price) => price !== null) && (
          <Typography.Text type="secondary">
            {t('preference.categories.bands', { bands: lowest.flatMap((price, i) => (price === null ? [] : [t('preference.categories.band', { band: t(`preference.value.price_band.band${i + 1}`), price: format.money(price, currency) })])).join(t('preference.comma')) })}
          </Typography.Text>
        )}
      </Stack>
    </Section>
  );
}

function Index({ tgi }: { tgi: number }) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const text = format.number(Math.round(tgi));
  if (tgi < high && tgi > low) return <>{text}</>;
  return <Tag color={tgi >= high ? 'success' : 'warning'}>{text} {t(tgi >= high ? 'preference.categories.more' : 'preference.categories.less')}</Tag>;
}
