import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndpointReply } from '../../../../../kernel/endpoint.ts';
import { Button, Drawer, EmptyState, Flex, Input, Popconfirm, Space, Stack, Typography, useAction } from '../../../../../web/kit.ts';
import { DeleteOutlined, PlusOutlined } from '../../../../../web/icons.tsx';
import { createTagCategory, deleteTagCategory, listLibraryTags, listTagCategories, orderTagCategories, renameTagCategory } from '../../../contract.ts';

type Category = EndpointReply<typeof listTagCategories>['categories'][number];

const invalidates = [listTagCategories, listLibraryTags];
const longestName = 40;

/** Makes, names, orders and deletes categories. */
export function CategoriesDrawer({ open, categories, onClose }: { open: boolean; categories: Category[]; onClose: () => void }) {
  const { t } = useTranslation('audiences');
  const [name, setName] = useState('');
  const make = useAction(createTagCategory, { invalidates, onSuccess: () => setName('') });
  const order = useAction(orderTagCategories, { invalidates });
  const swap = (index: number): void => {
    const ids = categories.map((each) => each.categoryId);
    [ids[index - 1], ids[index]] = [ids[index], ids[index - 1]];
    order.mutate({ body: { categoryIds: ids } });
  };
  const add = (): void => {
    if (name.trim() !== '') make.mutate({ body: { name: name.trim() } });
  };
  return (
    <Drawer open={open} title={t('tags.arrange')} onClose={onClose}>
      <Stack>
        <Space.Compact block>
          <Input aria-label={t('tags.categoryName')} placeholder={t('tags.categoryPlaceholder')} maxLength={longestName} value={name} onChange={(event) => setName(event.target.value)} onPressEnter={add} />
          <Button type="primary" icon={<PlusOutlined />} loading={make.isPending} onClick={add}>{t('tags.addCategory')}</Button>
        </Space.Compact>
        {categories.length === 0 && <EmptyState title={t('tags.noCategories')} />}
        {categories.map((category, index) => (
          <CategoryLine key={category.categoryId} category={category} onUp={index === 0 ? undefined : () => swap(index)} onDown={index === categories.length - 1 ? undefined : () => swap(index + 1)} />
        ))}
      </Stack>
    </Drawer>
  );
}

function CategoryLine({ category: { categoryId, name, tags }, onUp, onDown }: { category: Category; onUp?: () => void; onDown?: () => void }) {
  const { t } = useTranslation('audiences');
  const rename = useAction(renameTagCategory, { invalidates });
  const remove = useAction(deleteTagCategory, { invalidates });
  return (
    <Flex gap="small" align="center" justify="space-between">
      <Typography.Text editable={{ maxLength: longestName, tooltip: t('tags.renameCategory'), onChange: (next) => next.trim() !== '' && next !== name && rename.mutate({ params: { categoryId }, body: { name: next.trim() } }) }}>{name}</Typography.Text>
      <Space>
        <Typography.Text type="secondary" ellipsis>{t('tags.tagCount', { count: tags })}</Typography.Text>
        <Button size="small" disabled={!onUp} aria-label={t('tags.moveUp', { name })} onClick={onUp}>↑</Button>
        <Button size="small" disabled={!onDown} aria-label={t('tags.moveDown', { name })} onClick={onDown}>↓</Button>
        <Popconfirm title={t('tags.deleteCategory', { name })} description={t('tags.deleteCategoryHint')} okText={t('tags.delete')} onConfirm={() => remove.mutate({ params: { categoryId } })}>
          <Button size="small" danger icon={<DeleteOutlined />} aria-label={t('tags.deleteCategory', { name })} />
        </Popconfirm>
      </Space>
    </Flex>
  );
}
