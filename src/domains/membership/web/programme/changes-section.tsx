import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded, Section, Select, useEndpoint } from '../../../../web/kit.ts';
import { compareVersions, listVersions } from '../../contract.ts';
import { ChangeList } from './sentence-groups.tsx';

/** What a version has differently from another, which can be chosen. */
export function ChangesSection({ versionNo, from }: { versionNo: number; from: number }) {
  const { t } = useTranslation('membership');
  const [before, setBefore] = useState(from);
  const versions = useEndpoint(listVersions, { query: { pageSize: 200 } });
  const comparison = useEndpoint(compareVersions, { query: { before, after: versionNo } });
  const options = (versions.data?.rows ?? []).filter((row) => row.versionNo !== versionNo).map((row) => ({ value: row.versionNo, label: `${t('design.versionNo', { no: row.versionNo })} · ${t(`design.phase.${row.phase}`)}` }));
  return (
    <Section title={t('design.changesFrom', { no: before })} extra={<Select aria-label={t('design.compareWith')} popupMatchSelectWidth={false} value={before} options={options} onChange={setBefore} />}>
      <Loaded from={comparison}>{({ changes }) => <ChangeList changes={changes} />}</Loaded>
    </Section>
  );
}
