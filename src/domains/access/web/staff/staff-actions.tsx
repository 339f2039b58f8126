import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, ConfirmDanger, Dropdown, type RowOf, useAction } from '../../../../web/kit.ts';
import { MoreOutlined } from '../../../../web/icons.tsx';
import { createPasswordLink, deleteStaff, disableStaff, enableStaff, listStaff } from '../../staff/contract.ts';
import type { NewLink } from './link-modal.tsx';

interface StaffActionsProps {
  member: RowOf<typeof listStaff>;
  onEdit: () => void;
  onLink: (link: NewLink) => void;
}

/** What can be done with one account. Shutting out and deleting ask first. */
export function StaffActions({ member, onEdit, onLink }: StaffActionsProps) {
  const { t } = useTranslation('access');
  const [asked, setAsked] = useState<'disable' | 'delete' | null>(null);
  const close = (): void => setAsked(null);
  const refresh = { invalidates: [listStaff] };
  const params = { staffId: member.staffId };
  const link = useAction(createPasswordLink, { ...refresh, onSuccess: (reply) => onLink({ ...reply, name: member.name }) });
  const disable = useAction(disableStaff, { ...refresh, onSuccess: close, done: t('staffActions.disabled') });
  const enable = useAction(enableStaff, { ...refresh, done: t('staffActions.enabled') });
  const remove = useAction(deleteStaff, { ...refresh, onSuccess: close, done: t('staffActions.deleted') });
  const isOut = member.status === 'disabled';
  const items = [
    { key: 'edit', label: t('staffActions.edit'), onClick: onEdit },
    { key: 'link', label: t(member.status === 'invited' ? 'staffActions.inviteAgain' : 'staffActions.passwordLink'), disabled: isOut, onClick: () => link.mutate({ params }) },
    isOut
      ? { key: 'enable', label: t('staffActions.enable'), onClick: () => enable.mutate({ params }) }
      : { key: 'disable', label: t('staffActions.disable'), danger: true, onClick: () => setAsked('disable') },
    { key: 'delete', label: t('staffActions.delete'), danger: true, onClick: () => setAsked('delete') },
  ];
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items }}>
        <Button type="text" icon={<MoreOutlined />} aria-label={t('staffActions.menu', { name: member.name })} />
      </Dropdown>
      <ConfirmDanger
        open={asked === 'disable'}
        title={t('staffActions.disableTitle', { name: member.name })}
        touches={[t('staffActions.disableSessions'), t('staffActions.disableTokens')]}
        confirmLabel={t('staffActions.disable')}
        busy={disable.isPending}
        onConfirm={() => disable.mutate({ params })}
        onCancel={close}
      />
      <ConfirmDanger
        open={asked === 'delete'}
        title={t('staffActions.deleteTitle', { name: member.name })}
        touches={[t('staffActions.deleteAccount'), t('staffActions.deleteTokens'), t('staffActions.deleteKept')]}
        name={member.name}
        confirmLabel={t('staffActions.delete')}
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ params })}
        onCancel={close}
      />
    </>
  );
}
