import { useTranslation } from 'react-i18next';
import { Form, FormDrawer, Input, type RowOf, Select } from '../../../../web/kit.ts';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { changeStaff, inviteStaff, listStaff, type listStaffRoles } from '../../staff/contract.ts';
import { roleName } from '../role-name.ts';
import type { NewLink } from './link-modal.tsx';

interface Values {
  name: string;
  email: string;
  roleIds: number[];
}

interface StaffFormProps {
  /** An account to change, `new` to invite somebody, null when closed. */
  edited: RowOf<typeof listStaff> | 'new' | null;
  roles: EndpointReply<typeof listStaffRoles>['roles'];
  onClose: () => void;
  onInvited: (link: NewLink) => void;
}

function Fields({ roles }: Pick<StaffFormProps, 'roles'>) {
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
          optionFilterProp="label"
          options={roles.map((role) => ({ value: role.roleId, label: roleName(role, t), disabled: !role.grantable }))}
        />
      </Form.Item>
    </>
  );
}

/** Invites somebody, or changes a name, an address and roles. */
export function StaffForm({ edited, roles, onClose, onInvited }: StaffFormProps) {
  const { t } = useTranslation('access');
  const member = edited === 'new' ? null : edited;
  return (
    <>
      <FormDrawer<typeof inviteStaff, Values>
        open={edited === 'new'}
        title={t('staff.invite')}
        submitLabel={t('staffForm.makeLink')}
        endpoint={inviteStaff}
        request={(values) => ({ body: { ...values, roleIds: values.roleIds ?? [] } })}
        invalidates={[listStaff]}
        onDone={(reply) => {
          onClose();
          onInvited({ ...reply, name: t('staffLink.newColleague') });
        }}
        onCancel={onClose}
      >
        <Fields roles={roles} />
      </FormDrawer>
      <FormDrawer<typeof changeStaff, Values>
        open={member !== null}
        title={member?.name ?? ''}
        submitLabel={t('staffForm.save')}
        endpoint={changeStaff}
        initial={member ? { name: member.name, email: member.email, roleIds: member.roles.map((role) => role.roleId) } : undefined}
        request={(values) => ({ params: { staffId: member?.staffId }, body: values })}
        invalidates={[listStaff]}
        done={t('staffForm.saved')}
        onDone={onClose}
        onCancel={onClose}
      >
        <Fields roles={roles} />
      </FormDrawer>
    </>
  );
}
