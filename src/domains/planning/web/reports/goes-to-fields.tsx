import { useTranslation } from 'react-i18next';
import { Alert, Form, Link, Select, useEndpoint } from '../../../../web/kit.ts';
import { listDoers, listMailings, listRobots } from '../../contract.ts';
import { badAddress, goesToOf, type GoesToDraft } from './goes-to.ts';

/** Accounts, other addresses, groups; stands in a form of `GoesToDraft`. */
export function GoesToFields({ planNo, isNeeded }: { planNo: number; isNeeded: boolean }) {
  const { t } = useTranslation('planning');
  const [doers, robots, mailings] = [useEndpoint(listDoers), useEndpoint(listRobots), useEndpoint(listMailings, { params: { planNo } })];
  const form = Form.useFormInstance<GoesToDraft>();
  const someone = {
    validator: () => {
      const { readers, robotNos } = goesToOf(form.getFieldsValue());
      return !isNeeded || readers.length + robotNos.length > 0 ? Promise.resolve() : Promise.reject(new Error(t('reports.needReader')));
    },
  };
  const valid = { validator: (_rule: unknown, given: string[] | undefined) => (badAddress(given) === undefined ? Promise.resolve() : Promise.reject(new Error(t('reports.badAddress', { address: badAddress(given) })))) };
  return (
    <>
      {mailings.data?.isMailSetUp === false && <Form.Item><Alert type="warning" showIcon title={t('reports.noMail')} description={<Link to="/settings/mail">{t('reports.setUpMail')}</Link>} /></Form.Item>}
      <Form.Item name="staffIds" label={t('reports.staff')} dependencies={['addresses', 'robotNos']} rules={[someone]}>
        <Select mode="multiple" loading={doers.isPending} showSearch={{ optionFilterProp: 'label' }} options={doers.data?.doers.map(({ staffId, name }) => ({ value: staffId, label: name }))} />
      </Form.Item>
      <Form.Item name="addresses" label={t('reports.addresses')} extra={t('reports.addressesHint')} rules={[valid]}>
        <Select mode="tags" open={false} tokenSeparators={[',', ' ', ';', '，', '；']} />
      </Form.Item>
      <Form.Item name="robotNos" label={t('reports.robots')} extra={<Link to="/plan/robots">{t('robots.title')}</Link>}>
        <Select mode="multiple" loading={robots.isPending} options={robots.data?.robots.map(({ robotNo, name, kind }) => ({ value: robotNo, label: `${name} · ${t(`robots.kindOf.${kind}`)}` }))} />
      </Form.Item>
    </>
  );
}
