import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Button, DataTable, EmptyState, type Filter, PageHeader, Tabs, useEndpoint, useMay, useNavigateTo, useSearchState } from '../../../../../web/kit.ts';
import { PlusOutlined, SettingOutlined, TagsOutlined } from '../../../../../web/icons.tsx';
import { listLibraryTags, listTagCategories, tagKinds } from '../../../contract.ts';
import { CategoriesDrawer } from './categories-drawer.tsx';
import { useTagColumns } from './use-tag-columns.tsx';

const place = z.object({ category: z.string().max(20).optional() });
const everything = 'all';
const refreshMs = 15_000;

/** The tag library: by category, how many people each tag covers, how fresh it is and whether anything uses it. */
export default function TagsPage() {
  const { t } = useTranslation('audiences');
  const navigate = useNavigateTo();
  const mayKeep = useMay('audiences.tags');
  const [{ category }, change] = useSearchState(place);
  const [isArranging, setArranging] = useState(false);
  const { data } = useEndpoint(listTagCategories);
  const categories = data?.categories ?? [];
  const columns = useTagColumns((categoryId) => categories.find((each) => each.categoryId === categoryId)?.name ?? '');
  const filters: Filter[] = [
    { key: 'kind', label: t('tags.column.kind'), options: tagKinds.map((value) => ({ value, label: t(`tags.kind.${value}`) })) },
    { key: 'use', label: t('tags.column.uses'), options: [{ value: 'used', label: t('tags.used') }, { value: 'unused', label: t('tags.unused') }] },
  ];
  const make = mayKeep && <Button type="primary" icon={<PlusOutlined />} onClick={() => navigate('/users/tags/new')}>{t('tags.new')}</Button>;
  const total = categories.reduce((sum, each) => sum + each.tags, data?.uncategorised ?? 0);
  return (
    <>
      <PageHeader
        title={t('tags.title')}
        subtitle={t('tags.subtitle')}
        actions={
          <>
            {mayKeep && <Button icon={<SettingOutlined />} onClick={() => setArranging(true)}>{t('tags.arrange')}</Button>}
            {make}
          </>
        }
      />
      {categories.length > 0 && (
        <Tabs
          activeKey={category ?? everything}
          onChange={(key) => change({ category: key === everything ? undefined : key })}
          items={[
            { key: everything, label: t('tags.inAll', { count: total }) },
            ...categories.map((each) => ({ key: String(each.categoryId), label: t('tags.inCategory', { name: each.name, count: each.tags }) })),
            { key: 'none', label: t('tags.inNone', { count: data?.uncategorised ?? 0 }) },
          ]}
        />
      )}
      <DataTable
        key={category ?? everything}
        endpoint={listLibraryTags}
        query={{ category }}
        narrowed={category !== undefined}
        columns={columns}
        rowKey={(row) => row.tagId}
        rowLink={(row) => `/users/tags/${row.tagId}`}
        filters={filters}
        searchPlaceholder={t('tags.search')}
        refreshMs={refreshMs}
        empty={<EmptyState icon={<TagsOutlined />} title={t('tags.empty')} hint={t('tags.emptyHint')} action={make} />}
      />
      <CategoriesDrawer open={isArranging} categories={categories} onClose={() => setArranging(false)} />
    </>
  );
}
