import { useTranslation } from 'react-i18next';
import { Form, Input, InputNumber, Select, useEndpoint } from '../../../../web/kit.ts';
import { listPositionRoles } from '../../contract.ts';
import { DayInput } from '../projects/forms/fields.tsx';
import { ItemForm } from '../projects/forms/item-form.tsx';
import type { PositionItem } from './chart-rules.ts';

type PositionValues = Omit<PositionItem['body'], 'roleId' | 'reportsToNo' | 'becomesNo'> & { roleId?: number | null; reportsToNo?: number | null; becomesNo?: number | null };

/** A new position, or what is said of one. */
export function PositionForm({ planNo, item, positions, firstDay, onClose }: { planNo: number; item: PositionItem | null; positions: PositionItem[]; firstDay: string; onClose: () => void }) {
  const { t } = useTranslation('planning');
  const others = positions.filter(({ itemNo }) => itemNo !== item?.itemNo).map(({ itemNo, body }) => ({ value: itemNo, label: body.name }));
  const roles = useEndpoint(listPositionRoles).data?.roles ?? [];
  const roleOptions = roles.filter(({ roleId, isGrantable }) => isGrantable || roleId === item?.body.roleId).map(({ roleId, key, name }) => ({ value: roleId, label: key === null ? name : t(`access:role.${key}`) }));
  const lines = <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={['\n', '；', ';']} placeholder={t('positions.linesPlaceholder')} />;
  return (
    <ItemForm<'position', PositionValues>
      planNo={planNo} kind="position" item={item} parentNo={null} open onClose={onClose} title={t(item ? 'positions.edit' : 'positions.new')}
      initial={item?.body ?? { opens: firstDay, headcount: 1, skills: [], kpi: [] }}
      bodyOf={(values) => ({ ...values, department: values.department ?? '', purpose: values.purpose ?? '', closes: values.closes ?? null, roleId: values.roleId ?? null, reportsToNo: values.reportsToNo ?? null, becomesNo: values.becomesNo ?? null })}
    >
      <Form.Item name="name" label={t('positions.name')} rules={[{ required: true, whitespace: true, message: t('projects.needed') }]}><Input maxLength={200} autoFocus /></Form.Item>
      <Form.Item name="department" label={t('positions.department')}><Input maxLength={60} /></Form.Item>
      <Form.Item name="reportsToNo" label={t('positions.reportsTo')}><Select allowClear showSearch={{ optionFilterProp: 'label' }} options={others} placeholder={t('positions.nobodyAbove')} /></Form.Item>
      <Form.Item name="opens" label={t('positions.opens')} rules={[{ required: true, message: t('projects.needed') }]}><DayInput allowClear={false} /></Form.Item>
      <Form.Item name="closes" label={t('positions.closes')} extra={t('positions.closesHint')}><DayInput /></Form.Item>
      <Form.Item name="becomesNo" label={t('positions.becomes')} extra={t('positions.becomesHint')}><Select allowClear showSearch={{ optionFilterProp: 'label' }} options={others} /></Form.Item>
      <Form.Item name="headcount" label={t('positions.headcount')} rules={[{ required: true, message: t('projects.needed') }]}><InputNumber min={1} max={10_000} precision={0} /></Form.Item>
      <Form.Item name="purpose" label={t('positions.purpose')}><Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2_000} /></Form.Item>
      <Form.Item name="skills" label={t('positions.skills')}>{lines}</Form.Item>
      <Form.Item name="kpi" label={t('positions.kpi')}>{lines}</Form.Item>
      <Form.Item name="roleId" label={t('positions.role')} extra={t('positions.roleHint')}><Select allowClear options={roleOptions} disabled={roleOptions.length === 0} placeholder={t('positions.noRole')} /></Form.Item>
    </ItemForm>
  );
}
