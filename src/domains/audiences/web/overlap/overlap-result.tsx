import { useTranslation } from 'react-i18next';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { Button, Columns, ComputedAt, Grid, OverlapDiagram, Section, Stack, Table, Typography, useFormat, useMay, useNavigateTo } from '../../../../web/kit.ts';
import { PlusOutlined } from '../../../../web/icons.tsx';
import type { compareAudiences } from '../../contract.ts';
import { regionAddress } from './region-rule.ts';

type Overlap = EndpointReply<typeof compareAudiences>;

/** The diagram, and each of its regions in a table; either leads to a new audience of a region. */
export function OverlapResult({ overlap: { sets, regions, computedAt } }: { overlap: Overlap }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const navigate = useNavigateTo();
  const mayEdit = useMay('audiences.edit');
  // Beside long names there is no room for words on a phone.
  const isNarrow = Grid.useBreakpoint().sm === false;
  const ids = sets.map(({ audienceId }) => audienceId);
  const all = regions.reduce((sum, { size }) => sum + size, 0);
  const make = (mask: number): void => navigate(regionAddress(ids, mask));
  const rows = regions.map(({ mask, size }) => {
    const inside = sets.filter((_, index) => mask & (1 << index)).map(({ name }) => name);
    const label = inside.length === 1 ? t('web.overlap.only', { name: inside[0] }) : inside.length === sets.length && sets.length > 2 ? t('web.overlap.everywhere') : t('web.overlap.both', { names: inside.join(t('web.overlap.and')), context: inside.length === sets.length ? 'all' : 'some' });
    return { mask, size, label, shown: format.number(size) };
  });
  return (
    <Stack>
      <Columns>
        <Section title={t('web.overlap.diagram')} extra={<ComputedAt at={computedAt} />}>
          <OverlapDiagram
            sets={sets.map(({ name, size }) => ({ name, size, shown: format.number(size) }))}
            regions={rows}
            actionLabel={mayEdit ? t('web.overlap.make') : undefined}
            {...(mayEdit ? { onRegion: make } : {})}
          />
          <Typography.Text type="secondary">{t(sets.length === 3 ? 'web.overlap.nearly' : 'web.overlap.exact')}</Typography.Text>
        </Section>
        <Section title={t('web.overlap.regions')}>
          <Table
            size="small"
            pagination={false}
            rowKey={(row) => row.mask}
            dataSource={rows}
            columns={[
              { title: t('web.overlap.region'), render: (_, row) => row.label },
              { title: t('web.count.peopleTitle'), align: 'end', render: (_, row) => row.shown },
              { title: t('web.overlap.share'), align: 'end', render: (_, row) => format.percent(all === 0 ? 0 : row.size / all) },
              ...(mayEdit ? [{ key: 'make', align: 'end' as const, render: (_: unknown, row: (typeof rows)[number]) => <Button size="small" icon={<PlusOutlined />} aria-label={t('web.overlap.makeShort')} disabled={row.size === 0} onClick={() => make(row.mask)}>{!isNarrow && t('web.overlap.makeShort')}</Button> }] : []),
            ]}
          />
        </Section>
      </Columns>
    </Stack>
  );
}
