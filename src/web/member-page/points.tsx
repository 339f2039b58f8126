import { useMember } from './member-context.ts';
import { PointsHistory } from './points-history.tsx';
import { Part } from './parts.tsx';
import { say } from './words.ts';

/** What they have, what comes and ends when, and every line of it. */
export function Points() {
  const { page: { points }, format } = useMember();
  const { endings, pendings, worth, endingSoon, why } = points;
  const figures = (['endingSoon', 'pending', 'held', 'debt'] as const).filter((key) => points[key] > 0);
  const hundred = worth && format.money(String(Math.round(Number(worth) * 1_000_000) / 10_000));
  return (
    <Part title={say('points.title')} aside={hundred && <span className="quiet">{say('points.worth', { money: hundred })}</span>}>
      {figures.length > 0 && (
        <dl className="figures-row">
          {figures.map((key) => <div key={key} className={key === 'endingSoon' ? 'warning' : undefined}><dt>{say(`points.${key}`)}</dt><dd>{format.number(points[key])}</dd></div>)}
        </dl>
      )}
      {why.reasons.length > 0 && (
        <details>
          <summary>{say('points.why')}</summary>
          <p>{why.sentence}</p>
          <dl className="steps">{why.reasons.map(({ label, amount }) => <div key={label}><dt>{label}</dt><dd className="figures">{amount > 0 ? '+' : ''}{format.number(amount)}</dd></div>)}</dl>
        </details>
      )}
      {endings.length + pendings.length > 0 && (
        <details open={endingSoon > 0}>
          <summary>{say('points.showEndings')}</summary>
          <ul className="plain">
            {pendings.map(({ amount, at }) => <li key={`p${at}`}>{say('points.starts', { shown: format.number(amount), when: format.date(at) })}</li>)}
            {endings.map(({ amount, at }) => <li key={`e${at}`}>{say('points.ends', { shown: format.number(amount), when: format.date(new Date(Date.parse(at) - 1)) })}</li>)}
          </ul>
        </details>
      )}
      <PointsHistory key={points.available + points.pending} />
    </Part>
  );
}
