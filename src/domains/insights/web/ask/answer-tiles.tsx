import { useTranslation } from 'react-i18next';
import { FigureButton, StatGrid, StatTile } from '../../../../web/kit.ts';
import type { AnswerReply, CellOf, Question } from '../../contract.ts';
import { useAnswerText } from './use-answer-text.ts';

/** An answer without rows: each metric by itself. */
export function AnswerTiles({ question, answer, onPeople }: { question: Question; answer: AnswerReply; onPeople: (of: CellOf) => void }) {
  const { t } = useTranslation('insights');
  const text = useAnswerText();
  const { totals, totalsAgainst } = answer;
  return (
    <StatGrid>
      {answer.columns.map(({ key, label, definition, unit, more, hasPeople }) => {
        const [now, then] = [totals[key], totalsAgainst?.[key] ?? null];
        const shown = text(now, unit, true);
        const isTarget = question.compare === 'target';
        return (
          <StatTile
            key={key}
            label={label}
            definition={definition}
            value={hasPeople && Number(now ?? 0) !== 0 ? <FigureButton text={shown} label={t('ask.people', { metric: label, value: shown })} onClick={() => onPeople({ kind: 'cell', question, metric: key, at: [] })} /> : shown}
            {...(then !== null && now !== null && !isTarget ? { delta: { value: Number(now), previous: Number(then), more, than: question.compare === 'lastYear' ? 'lastYear' as const : 'before' as const } } : {})}
            {...(then !== null && now !== null && isTarget ? { unit: t('ask.reached', { share: text(Number(then) === 0 ? null : Number(now) / Number(then), 'percent'), target: text(then, unit, true) }) } : {})}
          />
        );
      })}
    </StatGrid>
  );
}
