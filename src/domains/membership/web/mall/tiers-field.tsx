import { useTranslation } from 'react-i18next';
import { currentLocale, Form, Select, useEndpoint } from '../../../../web/kit.ts';
import { listVersions, nameIn, readVersion } from '../../contract.ts';

/** For members of which tiers: those of the programme in force, or of its newest version. */
export function TiersField() {
  const { t } = useTranslation('membership');
  const versions = useEndpoint(listVersions);
  const versionNo = (versions.data?.rows.find(({ phase }) => phase === 'in_force') ?? versions.data?.rows[0])?.versionNo;
  const version = useEndpoint(readVersion, { params: { versionNo: versionNo ?? 0 } }, { enabled: versionNo !== undefined });
  return (
    <Form.Item name="tiers" label={t('mall.tiers')}>
      <Select mode="multiple" placeholder={t('mall.allTiers')} options={version.data?.definition.tiers.map(({ key, names }) => ({ value: key, label: nameIn(names, currentLocale()) })) ?? []} />
    </Form.Item>
  );
}
