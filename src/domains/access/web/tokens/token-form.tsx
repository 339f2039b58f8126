import { useTranslation } from 'react-i18next';
import { Form, FormDrawer, Input, Select, TreeSelect, useSession } from '../../../../web/kit.ts';
import type { Permission } from '../../../../kernel/actor.ts';
import { createToken, listTokens } from '../../tokens/contract.ts';
import { permissionGroups } from '../permission-label.ts';

interface Values {
  name: string;
  scopes: Permission[];
  days: number;
}

const choices = [30, 90, 365];
/** A select cannot hold "none" as a value of its own. */
const noExpiry = 0;

/** Makes a token that may do a part of what its maker may. */
export function TokenForm({ open, onClose, onMade }: { open: boolean; onClose: () => void; onMade: (secret: string) => void }) {
  const { t } = useTranslation('access');
  const { t: tAll } = useTranslation();
  const { permissions } = useSession();
  const tree = permissionGroups(permissions, tAll).map((group) => ({
    value: `domain ${group.key}`,
    title: group.label,
    children: group.rows.map((row) => ({ value: row.key, title: `${row.label} (${row.key})` })),
  }));
  return (
    <FormDrawer<typeof createToken, Values>
      open={open}
      title={t('tokens.add')}
      submitLabel={t('tokens.create')}
      endpoint={createToken}
      initial={{ days: 90 }}
      request={({ name, scopes, days }) => ({ body: { name, scopes, days: days === noExpiry ? null : days } })}
      invalidates={[listTokens]}
      onDone={({ secret }) => {
        onClose();
        onMade(secret);
      }}
      onCancel={onClose}
    >
      <Form.Item name="name" label={t('tokens.name')} extra={t('tokens.nameHint')} rules={[{ required: true, max: 60, message: t('tokens.nameNeeded') }]}>
        <Input autoFocus />
      </Form.Item>
      <Form.Item name="scopes" label={t('tokens.scopes')} extra={t('tokens.scopesHint')} rules={[{ required: true, message: t('tokens.scopesNeeded') }]}>
        <TreeSelect showSearch={{ treeNodeFilterProp: 'title' }} treeCheckable treeDefaultExpandAll showCheckedStrategy={TreeSelect.SHOW_CHILD} treeData={tree} maxTagCount="responsive" allowClear />
      </Form.Item>
      <Form.Item name="days" label={t('tokens.expires')}>
        <Select options={[...choices.map((count) => ({ value: count, label: t('tokens.days', { count }) })), { value: noExpiry, label: t('tokens.noExpiry') }]} />
      </Form.Item>
    </FormDrawer>
  );
}
