import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, ConfirmDanger, Dropdown, Typography, useAction } from '../../../../web/kit.ts';
import { deleteRole, listRoles, resetRole, type Role } from '../../roles/contract.ts';
import { roleName } from '../role-name.ts';
import { RoleForm } from './role-form.tsx';

/** A role's name above its column, how many people have it, and what can be done with it. */
export function RoleHead({ role }: { role: Role }) {
  const { t } = useTranslation('access');
  const [open, setOpen] = useState<'reset' | 'delete' | 'rename' | null>(null);
  const close = (): void => setOpen(null);
  const options = { invalidates: [listRoles], onSuccess: close };
  const reset = useAction(resetRole, options);
  const remove = useAction(deleteRole, options);
  const params = { roleId: role.roleId };
  const name = roleName(role, t);
  const items = role.key
    ? [{ key: 'reset', label: t('roles.reset'), disabled: !role.changed, onClick: () => setOpen('reset') }]
    : [
        { key: 'rename', label: t('roles.rename'), onClick: () => setOpen('rename') },
        { key: 'delete', label: t('roles.delete'), danger: true, disabled: role.staffCount > 0, onClick: () => setOpen('delete') },
      ];
  return (
    <>
      {role.key === 'administrator' ? (
        <div>{name}</div>
      ) : (
        <Dropdown trigger={['click']} menu={{ items }}>
          <Button type="text" size="small" title={name}>
            <strong>{name}</strong>
          </Button>
        </Dropdown>
      )}
      <div>
        <Typography.Text type="secondary">{t('roles.people', { count: role.staffCount })}</Typography.Text>
      </div>
      <ConfirmDanger
        open={open === 'reset'}
        title={t('roles.resetTitle', { name })}
        touches={[t('roles.touches', { count: role.staffCount })]}
        confirmLabel={t('roles.reset')}
        busy={reset.isPending}
        onConfirm={() => reset.mutate({ params })}
        onCancel={close}
      />
      <ConfirmDanger
        open={open === 'delete'}
        title={t('roles.deleteTitle', { name })}
        touches={[t('roles.deleteTouches')]}
        confirmLabel={t('roles.delete')}
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ params })}
        onCancel={close}
      />
      <RoleForm open={open === 'rename'} role={role} onClose={close} />
    </>
  );
}
