import { useTranslation } from 'react-i18next';
import { Form, Link, Select, useEndpoint } from '../../../../web/kit.ts';
import { listAudiences, type Rule } from '../../../audiences/contract.ts';

/** Whom it means, and whom it leaves out. A rule that is no kept audience can stay, and be replaced by one. */
export function AudienceFields({ own }: { own: Rule | null }) {
  const { t } = useTranslation('campaigns');
  const audiences = useEndpoint(listAudiences, { query: { pageSize: 200, sort: 'name' } });
  const kept = audiences.data?.rows.map(({ audienceId, name }) => ({ value: audienceId, label: name })) ?? [];
  const isOwn = own !== null && own.kind !== 'audience' && !(own.kind === 'group' && own.parts.length === 0);
  return (
    <>
      <Form.Item name="audience" label={t('plans.audience')} extra={<>{t('plans.audienceHint')} <Link to="/users/audiences/new">{t('plans.newAudience')}</Link></>} rules={[{ required: true, message: t('plans.needed') }]}>
        <Select showSearch={{ optionFilterProp: 'label' }} loading={audiences.isPending} options={[...(isOwn ? [{ value: 'own', label: t('plans.ownRule') }] : []), ...kept, { value: 0, label: t('plans.everybody') }]} />
      </Form.Item>
      <Form.Item name="exclude" label={t('plans.exclude')} extra={t('plans.excludeHint')}>
        <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={kept} maxCount={10} />
      </Form.Item>
    </>
  );
}
