import { useTranslation } from 'react-i18next';
import { Form, FormModal, Input } from '../../../../web/kit.ts';
import { changeRole, createRole, listRoles, type Role } from '../../roles/contract.ts';

interface Values {
  name: string;
}

/** Names a new role, which holds nothing until it is ticked, or renames an own one. */
export function RoleForm({ open, role, onClose }: { open: boolean; role?: Role; onClose: () => void }) {
  const { t } = useTranslation('access');
  const shared = { open, onDone: onClose, onCancel: onClose, invalidates: [listRoles] };
  const field = (
    <Form.Item name="name" label={t('roles.name')} extra={role ? undefined : t('roles.nameHint')} rules={[{ required: true, max: 60, message: t('roles.nameNeeded') }]}>
      <Input autoFocus />
    </Form.Item>
  );
  if (role)
    return (
      <FormModal<typeof changeRole, Values>
        {...shared}
        title={t('roles.rename')}
        submitLabel={t('roles.save')}
        endpoint={changeRole}
        initial={{ name: role.name ?? '' }}
        request={(values) => ({ params: { roleId: role.roleId }, body: values })}
      >
        {field}
      </FormModal>
    );
  return (
    <FormModal<typeof createRole, Values>
      {...shared}
      title={t('roles.add')}
      submitLabel={t('roles.create')}
      endpoint={createRole}
      request={(values) => ({ body: { ...values, permissions: [] } })}
    >
      {field}
    </FormModal>
  );
}
