import { useTranslation } from 'react-i18next';
import { CheckCircleOutlined, ClockCircleOutlined, WarningOutlined } from '../../../../web/icons.tsx';
import { Flex, Link, Section, Stack, Typography, useEndpoint, useFormat, useMay } from '../../../../web/kit.ts';
import { readDataQuality } from '../../../collect/intake/desk/contract.ts';
import { listImports } from '../../../collect/imports/contract.ts';
import { listDuplicates } from '../../../customers/contract.ts';
import { listReportTroubles, readWaiting } from '../../contract.ts';
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
  const waiting = useEndpoint(readWaiting, {}, { refreshMs });
  const found = attentionOf({ reports: reports.data?.troubles, quality: quality.data, imports: imports.data?.rows, duplicates: duplicates.data?.total }, new Date());
  const items = [
    ...found.map(({ kind, isProblem, count, to, file }) => ({ sentence: t(`today.item.${kind}`, { count, shown: format.number(count), file }), to, isProblem })), ...(waiting.data?.waiting ?? []),
  ].sort((a, b) => Number(b.isProblem) - Number(a.isProblem));
  const isReading = [quality, imports, duplicates, waiting].some((read) => read.isLoading);
  return (
    <Section title={t('today.attention')}>
      <Stack>
        {items.length === 0 && !isReading && (
          <Typography.Text type="secondary"><CheckCircleOutlined aria-hidden /> {t('today.calm')}</Typography.Text>
        )}
        {items.slice(0, most).map(({ sentence, to, isProblem }) => (
          <Flex key={`${to} ${sentence}`} gap="small" align="baseline">
            <Typography.Text type={isProblem ? 'danger' : 'secondary'}>
              {isProblem ? <WarningOutlined aria-label={t('today.problem')} /> : <ClockCircleOutlined aria-label={t('today.waiting')} />}
            </Typography.Text>
            <Link to={to}>{sentence}</Link>
          </Flex>
        ))}
      </Stack>
    </Section>
  );
}
