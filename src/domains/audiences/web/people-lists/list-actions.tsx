import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, ConfirmDanger, Dropdown, Form, FormModal, Input, useAction, useFormat, useNavigateTo } from '../../../../web/kit.ts';
import { MoreOutlined } from '../../../../web/icons.tsx';
import { deletePeopleList, listPeopleLists, renamePeopleList, type ShownList } from '../../contract.ts';

/** What can be done with one list. One that a rule asks for stays until the rule does not. */
export function ListActions({ list: { listId, name, size, usedBy } }: { list: ShownList }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const navigate = useNavigateTo();
  const [open, setOpen] = useState<'rename' | 'delete' | null>(null);
  const close = (): void => setOpen(null);
  const params = { listId };
  const remove = useAction(deletePeopleList, { invalidates: [listPeopleLists], done: t('web.lists.deleted'), onSuccess: close });
  const rule = JSON.stringify({ kind: 'group', match: 'all', parts: [{ kind: 'list', listId }] });
  const items = [
    { key: 'use', label: t('web.lists.use'), onClick: () => navigate(`/users/audiences/new?rule=${encodeURIComponent(rule)}`) },
    { key: 'rename', label: t('web.lists.rename'), onClick: () => setOpen('rename') },
    { key: 'delete', label: t('web.lists.delete'), danger: true, onClick: () => setOpen('delete') },
  ];
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items }}>
        <Button type="text" icon={<MoreOutlined />} aria-label={t('web.lists.more', { name })} />
      </Dropdown>
      <FormModal<typeof renamePeopleList, { name: string }>
        open={open === 'rename'}
        endpoint={renamePeopleList}
        title={t('web.lists.rename')}
        submitLabel={t('web.save.change')}
        initial={{ name }}
        request={(body) => ({ params, body })}
        invalidates={[listPeopleLists]}
        done={t('web.lists.renamed')}
        onDone={close}
        onCancel={close}
      >
        <Form.Item name="name" label={t('web.lists.name')} rules={[{ required: true, whitespace: true, message: t('web.save.nameNeeded') }]}>
          <Input maxLength={80} autoFocus />
        </Form.Item>
      </FormModal>
      <ConfirmDanger
        open={open === 'delete'}
        title={t('web.lists.deleteTitle', { name })}
        touches={[
          t('web.lists.deletePeople', { shown: format.number(size) }),
          t('web.lists.deleteFinal'),
          ...usedBy.map((user) => t('web.lists.deleteUsed', { name: user.name })),
        ]}
        isRefused={usedBy.length > 0}
        confirmLabel={t('web.lists.delete')}
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ params })}
        onCancel={close}
      />
    </>
  );
}
