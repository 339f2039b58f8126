import { useTranslation } from 'react-i18next';
import { Loaded, Section, Sentence, Stack, Table, useEndpoint, useFormat } from '../../../../web/kit.ts';
import { explainPoints, type PointsExplained } from '../../contract.ts';

type Reason = PointsExplained['reasons'][number];

/** Why somebody has as many points as they have: in a sentence, and by reason. */
export function WhyPoints({ customerNo }: { customerNo: number }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const explained = useEndpoint(explainPoints, { params: { customerNo } });
  return (
    <Loaded from={explained}>
      {({ points, sentence, reasons }) => (reasons.length === 0 ? null : (
        <Section title={t('why.title', { points: format.number(points) })}>
          <Stack>
            <Sentence>{sentence}</Sentence>
            <Table<Reason>
              rowKey="reason"
              size="small"
              dataSource={reasons}
              pagination={false}
              columns={[
                { key: 'label', title: t('why.column.reason'), render: (_, { label }) => label },
                { key: 'lines', title: t('why.column.lines'), align: 'end', render: (_, { lines }) => format.number(lines) },
                { key: 'amount', title: t('why.column.amount'), align: 'end', render: (_, { amount }) => `${amount > 0 ? '+' : ''}${format.number(amount)}` },
              ]}
            />
          </Stack>
        </Section>
      ))}
    </Loaded>
  );
}
