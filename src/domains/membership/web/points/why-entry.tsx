import { useTranslation } from 'react-i18next';
import { Descriptions, Drawer, Loaded, Remark, Section, Sentence, Stack, useEndpoint, useFormat } from '../../../../web/kit.ts';
import { explainEntry, type ShownEntry } from '../../contract.ts';

/** How one line of somebody's points came about, and the lines it has to do with. */
export function WhyEntry({ customerNo, entryNo, onClose }: { customerNo: number; entryNo: number; onClose: () => void }) {
  const { t } = useTranslation('membership');
  const explained = useEndpoint(explainEntry, { params: { customerNo, entryNo } });
  return (
    <Drawer open title={t('why.entryTitle')} onClose={onClose}>
      <Loaded from={explained}>
        {({ entry, steps, related }) => (
          <Stack>
            <Line {...entry} />
            <Section title={t('why.stepsTitle')}>
              {steps.length === 0
                ? <Remark>{t('why.noSteps')}</Remark>
                : <Descriptions column={1} size="small" bordered items={steps.map(({ label, value }, i) => ({ key: i, label, children: value }))} />}
            </Section>
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

function Line({ amount, sentence, occurredAt }: ShownEntry) {
  const format = useFormat();
  return <Sentence>{`${format.date(occurredAt)}  ${amount > 0 ? '+' : ''}${format.number(amount)}  ${sentence}`}</Sentence>;
}
