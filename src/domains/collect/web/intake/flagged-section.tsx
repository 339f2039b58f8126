import { useTranslation } from 'react-i18next';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { Button, Section, Stack, Table, Tag, Typography, useAction, useFormat, useMay } from '../../../../web/kit.ts';
import { declarePersonal, readDataQuality } from '../../intake/desk/contract.ts';

type Quality = EndpointReply<typeof readDataQuality>;
type Flagged = Quality['flagged'][number];

/** The name of a property without where it stands: `order.contacts[].memo` is `memo`. */
const nameOf = (property: string): string => property.replace(/\[\]$/, '').replace(/^.*\./, '');

/** Properties whose values looked personal, to be declared so that they go into the vault. */
export function FlaggedSection({ flagged, declared }: Pick<Quality, 'flagged' | 'declared'>) {
  const { t } = useTranslation('collect');
  const format = useFormat();
  const mayDeclare = useMay('collect.repair');
  const declare = useAction(declarePersonal, { invalidates: [readDataQuality], done: t('quality.declaredDone') });
  const state = (row: Flagged) => {
    if (row.declared) return <Tag color="success">{t('quality.declared')}</Tag>;
    if (!mayDeclare) return null;
    return (
      <Button type="link" loading={declare.isPending} onClick={() => declare.mutate({ body: { names: [...declared, nameOf(row.property)] } })}>
        {t('quality.declare')}
      </Button>
    );
  };
  return (
    <Section title={t('quality.flagged')}>
      <Stack>
        <Typography.Text type="secondary">{t('quality.flaggedHelp')}</Typography.Text>
        <Table<Flagged>
          size="small"
          pagination={false}
          rowKey={(row) => `${row.eventName} ${row.property} ${row.looksLike}`}
          dataSource={flagged}
          locale={{ emptyText: t('quality.noFlagged') }}
          scroll={{ x: 'max-content' }}
          columns={[
            { key: 'eventName', title: t('quality.eventName'), render: (_, row) => row.eventName },
            { key: 'property', title: t('quality.property'), render: (_, row) => <Typography.Text code>{row.property}</Typography.Text> },
            { key: 'looksLike', title: t('quality.looksLike'), render: (_, row) => t(`looks_like.${row.looksLike}`) },
            { key: 'occurrences', title: t('quality.occurrences'), align: 'end', render: (_, row) => format.number(row.occurrences) },
            { key: 'lastSeenAt', title: t('quality.lastSeenAt'), render: (_, row) => format.relative(row.lastSeenAt) },
            { key: 'state', title: '', render: (_, row) => state(row) },
          ]}
        />
      </Stack>
    </Section>
  );
}
