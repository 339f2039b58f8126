import { useEffect, useState } from 'react';
import type { OwnEntry } from '../../domains/membership/contract.ts';
import { ask } from './ask.ts';
import { useMember } from './member-context.ts';
import { Said } from './parts.tsx';
import { sentenceOf } from './use-change.ts';
import { say } from './words.ts';

interface Page {
  entries: OwnEntry[];
  next: number | null;
}

/** Every line with its reason and what it is good until, the newest first; earlier ones when they are asked for. */
export function PointsHistory() {
  const { format } = useMember();
  const [pages, setPages] = useState<Page[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const load = (before?: number | null): void => {
    setProblem(null);
    ask<Page>('GET', `/points?limit=${before ? 20 : 5}${before ? `&before=${before}` : ''}`).then((page) => setPages((known) => (before ? [...known, page] : [page])), (error: unknown) => setProblem(sentenceOf(error)));
  };
  useEffect(() => load(), []);
  const entries = pages.flatMap((page) => page.entries);
  const next = pages.at(-1)?.next ?? null;
  return (
    <>
      <h3>{say('points.history')}</h3>
      {pages.length > 0 && entries.length === 0 && <p className="quiet">{say('points.none')}</p>}
      <ul className="entries">
        {entries.map((entry) => (
          <li key={entry.entryNo}>
            <span>
              {entry.sentence}
              <small className="quiet"><time dateTime={entry.occurredAt}>{format.date(entry.occurredAt)}</time>{entry.kind === 'earn' && entry.lots[0] && ` · ${goodUntil(entry.lots[0].expiresAt, format.date)}`}</small>
            </span>
            <strong className={entry.amount > 0 ? 'figures plus' : 'figures'}>{entry.amount > 0 ? '+' : ''}{format.number(entry.amount)}</strong>
            {entry.steps.length > 0 && <Steps steps={entry.steps} />}
          </li>
        ))}
      </ul>
      {problem && <Said said={{ isError: true, text: problem }} />}
      {next !== null && <button type="button" className="wide" onClick={() => load(next)}>{say('points.more')}</button>}
    </>
  );
}

/** How a line was reckoned, for who asks. */
const Steps = ({ steps }: { steps: OwnEntry['steps'] }) => (
  <details>
    <summary>{say('points.how')}</summary>
    <dl className="steps">{steps.map(({ label, value }) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>
  </details>
);

/** The last day it can be spent: the moment it ends is the first of the next. */
const goodUntil = (expiresAt: string | null, date: (value: Date) => string): string =>
  (expiresAt === null ? say('points.never') : say('points.until', { when: date(new Date(Date.parse(expiresAt) - 1)) }));
