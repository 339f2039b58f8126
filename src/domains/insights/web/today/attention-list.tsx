import { useTranslation } from 'react-i18next';
import { CheckCircleOutlined, ClockCircleOutlined, WarningOutlined } from '../../../../web/icons.tsx';
import { Flex, Link, Section, Stack, Typography, useEndpoint, useFormat, useMay } from '../../../../web/kit.ts';
import { readDataQuality } from '../../../collect/intake/desk/contract.ts';
import { listImports } from '../../../collect/imports/contract.ts';
import { listDuplicates } from '../../../customers/contract.ts';
import { listReportTroubles } from '../../contract.ts';
import { attentionOf } from './attention.ts';

const refreshMs = 60_000;
/** More than these are behind the pages they lead to. */
const most = 8;

/** What went wrong and what waits for this person, each with the page where it is settled. */
export function AttentionList() {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const quality = useEndpoint(readDataQuality, {}, { enabled: useMay('collect.read'), refreshMs });
  const imports = useEndpoint(listImports, { query: { pageSize: 50 } }, { enabled: useMay('collect.import'), refreshMs });
  const duplicates = useEndpoint(listDuplicates, { query: { pageSize: 1 } }, { enabled: useMay('customers.merge'), refreshMs });
  const reports = useEndpoint(listReportTroubles, {}, { enabled: useMay('insights.schedule'), refreshMs });
  const items = attentionOf({ reports: reports.data?.troubles, quality: quality.data, imports: imports.data?.rows, duplicates: duplicates.data?.total }, new Date());
  const isReading = [quality, imports, duplicates].some((read) => read.isLoading);
  return (
    <Section title={t('today.attention')}>
      <Stack>
        {items.length === 0 && !isReading && (
          <Typography.Text type="secondary"><CheckCircleOutlined aria-hidden /> {t('today.calm')}</Typography.Text>
        )}
        {items.slice(0, most).map(({ kind, isProblem, count, to, file }) => (
          <Flex key={`${kind} ${to}`} gap="small" align="baseline">
            <Typography.Text type={isProblem ? 'danger' : 'secondary'}>
              {isProblem ? <WarningOutlined aria-label={t('today.problem')} /> : <ClockCircleOutlined aria-label={t('today.waiting')} />}
            </Typography.Text>
            <Link to={to}>{t(`today.item.${kind}`, { count, shown: format.number(count), file })}</Link>
          </Flex>
        ))}
      </Stack>
    </Section>
  );
}
