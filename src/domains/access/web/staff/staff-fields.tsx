import { useTranslation } from 'react-i18next';
import { Form, Input, Select } from '../../../../web/kit.ts';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import type { listStaffRoles } from '../../staff/contract.ts';
import { roleName } from '../role-name.ts';

export type GrantableRole = EndpointReply<typeof listStaffRoles>['roles'][number];

/** What the fields of an account hold. */
export interface StaffValues {
  name: string;
  email: string;
  roleIds?: number[];
}

/** The fields of an account. Roles that its reader may not give cannot be chosen. */
export function StaffFields({ roles }: { roles: GrantableRole[] }) {
  const { t } = useTranslation('access');
  return (
    <>
      <Form.Item name="name" label={t('staff.name')} rules={[{ required: true, max: 60, message: t('staffForm.nameNeeded') }]}>
        <Input autoFocus />
      </Form.Item>
      <Form.Item name="email" label={t('staff.email')} extra={t('staffForm.emailHint')} rules={[{ required: true, type: 'email', message: t('staffForm.emailNeeded') }]}>
        <Input type="email" />
      </Form.Item>
      <Form.Item name="roleIds" label={t('staff.roles')} extra={t('staffForm.rolesHint')}>
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          options={roles.map((role) => ({ value: role.roleId, label: roleName(role, t), disabled: !role.grantable }))}
        />
      </Form.Item>
    </>
  );
}
