import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Collapse, ComputedAt, EmptyState, Flex, Loaded, Section, Stack, Typography, useEndpoint, useFormat } from '../../../../web/kit.ts';
import { AuditOutlined } from '../../../../web/icons.tsx';
import { type LedgerDecision, listDecisions } from '../../contract.ts';
import { AskOptIn } from './ask-opt-in.tsx';
import { Complaints } from './complaints.tsx';
import { DecisionDetails } from './decision-details.tsx';
import { ProgramName } from './program-name.tsx';
import { VerdictTag } from './verdict-tag.tsx';

/** Every program that considered a person: what was decided, by which check, and what became of the message. */
export default function DecisionsTab({ customerNo }: { customerNo: number }) {
  const { t } = useTranslation('messaging');
  const format = useFormat();
  /** Where each page that was opened begins, after the first. */
  const [pages, setPages] = useState<string[]>([]);
  const before = pages.at(-1);
  const shown = useEndpoint(listDecisions, { params: { customerNo }, query: before === undefined ? {} : { before } });
  return (
    <Stack>
      <Complaints customerNo={customerNo} beside={<AskOptIn customerNo={customerNo} />} />
      <Loaded from={shown}>
        {({ decisions, next, keptFrom, computedAt }) => (decisions.length === 0 ? <EmptyState icon={<AuditOutlined />} title={t('ledger.person.empty')} hint={keptFrom === null ? t('ledger.person.emptyHint') : t('ledger.keptFrom', { from: format.date(keptFrom) })} /> : (
          <Stack>
            <Section>
              <Collapse ghost items={decisions.map((decision) => ({ key: `${decision.runNo} ${decision.customerNo} ${decision.occasion}`, label: <Head decision={decision} />, children: <DecisionDetails decision={decision} /> }))} />
            </Section>
            {next === null && keptFrom !== null && <Typography.Text type="secondary">{t('ledger.keptFrom', { from: format.date(keptFrom) })}</Typography.Text>}
            <Flex gap="small" justify="space-between" align="center" wrap>
              <ComputedAt at={computedAt} />
              <Flex gap="small">
                {pages.length > 0 && <Button onClick={() => setPages(pages.slice(0, -1))}>{t('ledger.newer')}</Button>}
                {next !== null && <Button onClick={() => setPages([...pages, next])}>{t('ledger.older')}</Button>}
              </Flex>
            </Flex>
          </Stack>
        ))}
      </Loaded>
    </Stack>
  );
}

function Head({ decision: { program, channel, verdict, reason, decidedAt, nextAt, delivery } }: { decision: LedgerDecision }) {
  const { t } = useTranslation('messaging');
  const format = useFormat();
  return (
    <Flex vertical gap={2}>
      <Flex gap="small" wrap align="center">
        <VerdictTag verdict={verdict} />
        <strong><ProgramName program={program} /></strong>
        <Typography.Text type="secondary">{t(`channel.${channel}`)} · {format.dateTime(decidedAt)}</Typography.Text>
      </Flex>
      <Typography.Text>
        {verdict === 'send' ? t(delivery ? `ledger.delivery.${delivery.state}` : 'ledger.delivery.none') : t(`reason.${reason}`)}
        {nextAt !== null && ` · ${t('ledger.nextAt', { at: format.dateTime(nextAt) })}`}
      </Typography.Text>
    </Flex>
  );
}
