import { useTranslation } from 'react-i18next';
import { Select, useEndpoint } from '../../../../web/kit.ts';
import { listAudiences } from '../../contract.ts';

/** A select cannot hold "none" as a value of its own. */
const everybody = 0;

/** With whom an audience is compared. */
export function AgainstSelect({ not, against, onChange }: { not: number; against: number | null; onChange: (audienceId: number | null) => void }) {
  const { t } = useTranslation('audiences');
  const audiences = useEndpoint(listAudiences, { query: { pageSize: 200, sort: 'name' } });
  const others = (audiences.data?.rows ?? []).filter(({ audienceId }) => audienceId !== not);
  return (
    <Select<number>
      aria-label={t('makeUp.against')}
      prefix={t('makeUp.against')}
      value={against ?? everybody}
      popupMatchSelectWidth={false}
      showSearch={{ optionFilterProp: 'label' }}
      options={[{ value: everybody, label: t('makeUp.everybody') }, ...others.map(({ audienceId, name }) => ({ value: audienceId, label: name }))]}
      onChange={(chosen) => onChange(chosen === everybody ? null : chosen)}
    />
  );
}
