import { useTranslation } from 'react-i18next';
import { Alert, Link, useFormat } from '../../../../../web/kit.ts';
import type { ShownAudience } from '../../../contract.ts';

/** Where its people come from, when no rule means them: an expansion, or a number of a report. */
export function OriginNote({ origin }: { origin: NonNullable<ShownAudience['origin']> }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  if ('kind' in origin) return <Alert type="info" showIcon title={t('web.detail.foundTitle')} description={t('web.detail.foundText', { when: format.dateTime(origin.at) })} />;
  const { audienceId, name, at, auc, likeness } = origin;
  return (
    <Alert
      type="info"
      showIcon
      title={t('expansion.web.originTitle')}
      description={<>{t('expansion.web.originText', { name, when: format.dateTime(at), auc: format.number(auc), times: format.number(likeness) })} <Link to={`/users/audiences/${audienceId}?tab=expand`}>{t('expansion.web.openSource')}</Link></>}
    />
  );
}
