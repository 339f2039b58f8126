import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Button, useMay, useSearchState } from '../../../../web/kit.ts';
import { answerViews, question as questionSchema, type Question } from '../../contract.ts';
import { QuestionPage } from './question-page.tsx';
import { SaveReport } from './save-report.tsx';

const state = z.object({ q: z.string().max(20_000).default(''), view: z.enum(answerViews).default('bar') });

const first = questionSchema.parse({ metrics: ['sales', 'orders', 'buyers'], dimensions: ['channel'], period: { relative: 'last30' }, compare: 'before' });

/** What the address asks; the first question where it asks nothing that can be read. */
export function questionIn(text: string): Question {
  try {
    // Filters that are not filled in yet stand in the address as well.
    const { filters = [], ...rest } = JSON.parse(text) as { filters?: Question['filters'] };
    const parsed = questionSchema.safeParse(rest);
    return parsed.success ? { ...parsed.data, filters: Array.isArray(filters) ? filters : [] } : first;
  } catch {
    return first;
  }
}

/** Any metric by up to three dimensions; what is asked stands in the address. */
export default function ExplorePage() {
  const { t } = useTranslation('insights');
  const [{ q, view }, change] = useSearchState(state);
  const question = useMemo(() => questionIn(q), [q]);
  const mayEdit = useMay('insights.edit');
  const [saving, setSaving] = useState<Question | null>(null);
  return (
    <>
      <QuestionPage
        title={t('navigation.explore')}
        subtitle={t('explore.subtitle')}
        question={question}
        view={view}
        onChange={(next) => change({ q: JSON.stringify(next) })}
        onView={(next) => change({ view: next })}
        actions={(asked) => mayEdit && <Button type="primary" onClick={() => setSaving(asked)}>{t('kept.saveReport')}</Button>}
      />
      <SaveReport saving={saving && { question: saving, view }} name="" onClose={() => setSaving(null)} />
    </>
  );
}
