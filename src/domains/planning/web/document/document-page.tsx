import { useTranslation } from 'react-i18next';
import { addressOf, Button, ComputedAt, currentLocale, download, Flex, Loaded, Stack, StatGrid, StatTile, Table, useEndpoint } from '../../../../web/kit.ts';
import { DownloadOutlined } from '../../../../web/icons.tsx';
import { type Block, type DocumentFormat, exportDocument, type Plan, readDocument } from '../../contract.ts';
import { PlanPage } from '../frame/plan-page.tsx';
import styles from './document.module.css';

/** The plan as one document a director can read, print, and take along. */
export default function DocumentPage() {
  const { t } = useTranslation('planning');
  return <PlanPage title={t('document.page')} subtitle={t('document.pageHint')}>{(plan) => <Written plan={plan} />}</PlanPage>;
}

function Written({ plan: { planNo } }: { plan: Plan }) {
  const { t } = useTranslation('planning');
  const written = useEndpoint(readDocument, { params: { planNo } });
  const take = (format: DocumentFormat) => download(addressOf(exportDocument, { params: { planNo }, query: { format, locale: currentLocale() } }));
  return (
    <Stack>
      <Flex gap={8} wrap className="no-print">
        <Button icon={<DownloadOutlined />} onClick={() => take('docx')}>{t('document.word')}</Button>
        <Button icon={<DownloadOutlined />} onClick={() => take('pdf')}>{t('document.pdf')}</Button>
        <Button icon={<DownloadOutlined />} onClick={() => take('html')}>{t('document.mail')}</Button>
        <Button onClick={() => window.print()}>{t('document.print')}</Button>
      </Flex>
      <Loaded from={written}>
        {({ title, subtitle, blocks, computedAt }) => (
          <>
            <article className={styles.sheet}>
              <h2 className={styles.title}>{title}</h2>
              <p className={styles.note}>{subtitle}</p>
              {blocks.map((block, n) => <Part key={n} block={block} />)}
            </article>
            <ComputedAt at={computedAt} />
          </>
        )}
      </Loaded>
    </Stack>
  );
}

/** A narrow table fits a phone as it is; a wide one is pushed aside. */
const leastWidth = (columns: number): number | undefined => (columns <= 3 ? undefined : columns === 4 ? 560 : 760);

function Part({ block }: { block: Block }) {
  switch (block.is) {
    case 'heading': {
      const Heading = ({ 1: 'h2', 2: 'h3', 3: 'h4' } as const)[block.level];
      return <Heading className={styles.heading}>{block.text}</Heading>;
    }
    case 'paragraph':
      return <p className={styles[block.tone]}>{block.text}</p>;
    case 'list':
      return <ul className={styles.plain}>{block.items.map((item, n) => <li key={n}>{item}</li>)}</ul>;
    case 'figures':
      return <StatGrid>{block.figures.map(({ label, value, note }) => <StatTile key={label} label={label} value={value} definition={note || undefined} />)}</StatGrid>;
    case 'table': {
      const total = block.columns.reduce((sum, { share }) => sum + share, 0);
      return (
        <Table size="small" pagination={false} className={styles.table} scroll={{ x: leastWidth(block.columns.length) }} rowKey={(row) => block.rows.indexOf(row)} dataSource={block.rows}
          columns={block.columns.map(({ title, share, isNumber }, n) => ({ key: n, title, align: isNumber ? 'right' : 'left', width: `${(share / total) * 100}%`, render: (_: unknown, row: string[]) => <span className={styles.cell}>{row[n]}</span> }))} />
      );
    }
  }
}
