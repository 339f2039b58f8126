import { useTranslation } from 'react-i18next';
import { Descriptions, Drawer, Flex, Loaded, Section, Stack, Typography, useEndpoint, useFormat } from '../../../../web/kit.ts';
import { explainEntry, type ShownEntry } from '../../contract.ts';

/** How one line of somebody's points came about, and the lines it has to do with. */
export function WhyEntry({ customerNo, entryNo, onClose }: { customerNo: number; entryNo: number; onClose: () => void }) {
  const { t } = useTranslation('membership');
  const explained = useEndpoint(explainEntry, { params: { customerNo, entryNo } });
  return (
    <Drawer open title={t('why.entryTitle')} onClose={onClose} size={480}>
      <Loaded from={explained}>
        {({ entry, steps, related }) => (
          <Stack>
            <Line {...entry} />
            {steps.length === 0
              ? <Typography.Text type="secondary">{t('why.noSteps')}</Typography.Text>
              : <Descriptions title={t('why.stepsTitle')} column={1} size="small" bordered items={steps.map(({ label, value }, i) => ({ key: i, label, children: value }))} />}
            {related.length > 0 && (
              <Section title={t('why.relatedTitle')}>
                <Stack>{related.map((each) => <Line key={each.entryNo} {...each} />)}</Stack>
              </Section>
            )}
          </Stack>
        )}
      </Loaded>
    </Drawer>
  );
}

/** What happened and by how much, when, and which points it took or brought. */
function Line(entry: ShownEntry) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const { kind, amount, sentence, occurredAt, lots } = entry;
  return (
    <div>
      <Flex justify="space-between" gap="middle">
        <Typography.Text>{sentence}</Typography.Text>
        <Typography.Text strong type={amount > 0 ? 'success' : undefined}>{amount > 0 ? '+' : ''}{format.number(amount)}</Typography.Text>
      </Flex>
      <Typography.Text type="secondary">
        {[format.dateTime(occurredAt), ...(kind === 'earn' ? [] : lots.map((lot) => t('points.lotOf', { shown: format.number(lot.amount), when: format.date(lot.earnedAt) })))].join(' · ')}
      </Typography.Text>
    </div>
  );
}
