import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Button, DataTable, DateRangePicker, EmptyState, type Filter, Loaded, PageHeader, Section, Stack, useEndpoint, useMay, useNavigateTo, useSearchState } from '../../../../web/kit.ts';
import { GiftOutlined, PlusOutlined, TagsOutlined } from '../../../../web/icons.tsx';
import { benefitKinds, listBenefits, readBenefitMatrix } from '../../contract.ts';
import { BenefitMatrix } from './benefit-matrix.tsx';
import { PoolsDrawer } from './pools-drawer.tsx';
import { useBenefitColumns } from './use-benefit-columns.tsx';

const period = z.object({ from: z.iso.date().optional().catch(undefined), to: z.iso.date().optional().catch(undefined) });

/** What tiers promise: each benefit with what was given, used and spent in a period, and the matrix of all of them. */
export default function BenefitsPage() {
  const { t } = useTranslation('membership');
  const navigate = useNavigateTo();
  const mayKeep = useMay('membership.benefits');
  const [{ from, to }, change] = useSearchState(period);
  const [isShowingPools, setShowingPools] = useState(false);
  const matrix = useEndpoint(readBenefitMatrix);
  const columns = useBenefitColumns();
  const range = from && to ? { from, to } : null;
  const filters: Filter[] = [
    { key: 'kind', label: t('benefits.column.kind'), options: benefitKinds.map((value) => ({ value, label: t(`benefits.kind.${value}`) })) },
    { key: 'tier', label: t('benefits.column.tiers'), options: (matrix.data?.tiers ?? []).map(({ key, name }) => ({ value: key, label: name })) },
    { key: 'state', label: t('benefits.column.state'), options: (['planned', 'running', 'ended', 'stopped'] as const).map((value) => ({ value, label: t(`benefits.state.${value}`) })) },
  ];
  const make = mayKeep && <Button type="primary" icon={<PlusOutlined />} onClick={() => navigate('/members/benefits/new')}>{t('benefits.new')}</Button>;
  return (
    <>
      <PageHeader
        title={t('benefits.title')}
        subtitle={t('benefits.subtitle')}
        actions={<><Button icon={<TagsOutlined />} onClick={() => setShowingPools(true)}>{t('benefits.pools.title')}</Button>{make}</>}
      />
      <Stack>
        <DataTable
          endpoint={listBenefits}
          query={{ from, to }}
          columns={columns}
          rowKey={(row) => row.benefitId}
          rowLink={(row) => `/members/benefits/${row.benefitId}`}
          filters={filters}
          searchPlaceholder={t('benefits.search')}
          extra={<DateRangePicker label={t('benefits.lastDays')} value={range} clearable onChange={(next) => change({ from: next?.from, to: next?.to })} />}
          empty={<EmptyState icon={<GiftOutlined />} title={t('benefits.empty')} hint={t('benefits.emptyHint')} action={make} />}
        />
        <Loaded from={matrix}>
          {(shown) => shown.benefits.length > 0 && <Section title={t('benefits.matrix.title')}><BenefitMatrix tiers={shown.tiers} benefits={shown.benefits.filter(({ state }) => state === 'running' || state === 'planned')} /></Section>}
        </Loaded>
      </Stack>
      <PoolsDrawer open={isShowingPools} onClose={() => setShowingPools(false)} />
    </>
  );
}
