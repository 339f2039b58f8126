import { useTranslation } from 'react-i18next';
import { currentLocale, Flex, Form, languageNames, Select } from '../../../../web/kit.ts';
import { chosenOf, languageKey, type MembersDraft } from './member-draft.ts';

const address = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

interface MemberFieldsProps {
  staff: { staffId: number; name: string }[];
  /** Others whom the form has chosen: then nobody has to be chosen here. */
  others?: number;
}

/** Accounts, other addresses, and the language of each; stands in a form of `MembersDraft`. */
export function MemberFields({ staff, others = 0 }: MemberFieldsProps) {
  const { t } = useTranslation('insights');
  const [staffIds, addresses] = [Form.useWatch<number[] | undefined>('staffIds'), Form.useWatch<string[] | undefined>('addresses')];
  const chosen = chosenOf({ staffIds: staffIds ?? [], addresses: addresses ?? [] } satisfies Partial<MembersDraft>);
  const nameOf = (each: (typeof chosen)[number]): string => (each.kind === 'address' ? each.address : (staff.find(({ staffId }) => staffId === each.staffId)?.name ?? '–'));
  const needed = { validator: () => (chosen.length + others > 0 ? Promise.resolve() : Promise.reject(new Error(t('reporting.edit.needRecipient')))) };
  const valid = {
    validator: (_rule: unknown, given: string[] = []) => {
      const bad = given.find((each) => !address.test(each.trim()));
      return bad === undefined ? Promise.resolve() : Promise.reject(new Error(t('reporting.edit.badAddress', { address: bad })));
    },
  };
  return (
    <>
      <Form.Item name="staffIds" label={t('reporting.edit.staff')} dependencies={['addresses', 'groupIds']} rules={[needed]}>
        <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={staff.map(({ staffId, name }) => ({ value: staffId, label: name }))} />
      </Form.Item>
      <Form.Item name="addresses" label={t('reporting.edit.addresses')} extra={t('reporting.edit.addressesHint')} rules={[valid]}>
        <Select mode="tags" open={false} tokenSeparators={[',', ' ', ';', '，', '；']} />
      </Form.Item>
      {chosen.length > 0 && (
        <Form.Item required label={t('reporting.edit.language')} extra={t('reporting.edit.languageHint')}>
          <Flex vertical gap="small">
            {chosen.map((each) => (
              <Flex key={languageKey(each)} justify="space-between" align="center" gap="small">
                <span>{nameOf(each)}</span>
                <Form.Item noStyle name={['languages', languageKey(each)]} initialValue={currentLocale()}>
                  <Select aria-label={`${t('reporting.edit.language')}: ${nameOf(each)}`} style={{ width: 128 }} options={Object.entries(languageNames).map(([value, label]) => ({ value, label }))} />
                </Form.Item>
              </Flex>
            ))}
          </Flex>
        </Form.Item>
      )}
    </>
  );
}
