import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, DataTable, EmptyState, Select, Space, useMay } from '../../../../../web/kit.ts';
import { PlusOutlined } from '../../../../../web/icons.tsx';
import { listTagPeople, type TagDetail } from '../../../contract.ts';
import { useMemberColumns } from '../../detail/members-tab.tsx';
import { GiveForm } from './give-form.tsx';

/** Who has it, masked; of tiers, who is in one of them. */
export function TagPeopleTab({ tag }: { tag: TagDetail }) {
  const { t } = useTranslation('audiences');
  const [tagId, setTagId] = useState(tag.tagId);
  const [change, setChange] = useState<'give' | 'take' | null>(null);
  const mayKeep = useMay('audiences.tags');
  const mayOpen = useMay('customers.read');
  const columns = useMemberColumns();
  const byHand = tag.kind === 'hand' && mayKeep && (
    <Space>
      <Button icon={<PlusOutlined />} onClick={() => setChange('give')}>{t('tags.give')}</Button>
      <Button onClick={() => setChange('take')}>{t('tags.take')}</Button>
    </Space>
  );
  const tier = tag.tiers.length > 0 && (
    <Select aria-label={t('tags.tier.title')} value={tagId} popupMatchSelectWidth={false} options={[{ value: tag.tagId, label: t('tags.tier.all') }, ...tag.tiers.map((each) => ({ value: each.tagId, label: each.label }))]} onChange={setTagId} />
  );
  return (
    <>
      <DataTable
        key={tagId}
        endpoint={listTagPeople}
        params={{ tagId }}
        columns={columns}
        rowKey={(row) => row.customerNo}
        rowLink={mayOpen ? (row) => `/users/${row.customerNo}` : undefined}
        extra={byHand || tier || undefined}
        empty={<EmptyState title={t('tags.nobody')} hint={t(`tags.next.${tag.kind}`)} />}
      />
      <GiveForm tag={tag} change={change} onClose={() => setChange(null)} />
    </>
  );
}
