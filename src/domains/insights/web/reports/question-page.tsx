import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf, Button, Collapse, type Crumb, Dropdown, Grid, Loaded, PageHeader, Section, SegmentedControl, Stack, useEndpoint, useMay } from '../../../../web/kit.ts';
import { DownloadOutlined } from '../../../../web/icons.tsx';
import { type AnswerView, answerViews, exportAnswer, exportFormats, type Question, readDefinitions } from '../../contract.ts';
import { AnswerPanel } from '../ask/answer-panel.tsx';
import { askable, QuestionEditor } from '../ask/question-editor.tsx';

interface QuestionPageProps {
  title: string;
  breadcrumbs?: Crumb[];
  subtitle?: ReactNode;
  question: Question;
  view: AnswerView;
  onChange: (question: Question) => void;
  onView: (view: AnswerView) => void;
  /** Buttons that save; the main one last. */
  actions: (asked: Question) => ReactNode;
}

/** A question above, its answer below: what exploring and every report look like. */
export function QuestionPage({ title, breadcrumbs, subtitle, question, view, onChange, onView, actions }: QuestionPageProps) {
  const { t } = useTranslation('insights');
  const definitions = useEndpoint(readDefinitions, {}, { freshForMs: 300_000 });
  const mayExport = useMay('insights.export');
  const isNarrow = Grid.useBreakpoint().sm === false;
  // On a phone the answer comes first, until somebody opens what is asked.
  const [opened, setOpened] = useState<boolean>();
  const isOpen = opened ?? !isNarrow;
  const asked = askable(question);
  return (
    <Stack>
      <PageHeader
        title={title}
        {...(breadcrumbs ? { breadcrumbs } : {})}
        subtitle={subtitle}
        actions={(
          <>
            {mayExport && (
              <Dropdown trigger={['click']} menu={{ items: exportFormats.map((format) => ({ key: format, label: <a href={addressOf(exportAnswer, { query: { question: JSON.stringify(asked), format } })}>{t(`takeOut.formats.${format}`)}</a> })) }}>
                <Button icon={<DownloadOutlined />}>{t('ask.export')}</Button>
              </Dropdown>
            )}
            {actions(asked)}
          </>
        )}
      />
      <Loaded from={definitions}>
        {(known) => (
          <Collapse
            activeKey={isOpen ? ['question'] : []}
            onChange={(keys) => setOpened(keys.length > 0)}
            items={[{ key: 'question', label: t('ask.question'), children: <QuestionEditor question={question} definitions={known} onChange={onChange} /> }]}
          />
        )}
      </Loaded>
      <Section
        title={<SegmentedControl label={t('ask.view')} value={view} options={answerViews.map((each) => ({ value: each, label: t(`view.${each}`) }))} onChange={onView} />}
      >
        <AnswerPanel question={asked} view={view} title={title} onSort={(sort) => onChange({ ...question, sort })} />
      </Section>
    </Stack>
  );
}
