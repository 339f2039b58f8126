import type { MemberPage } from '../../domains/membership/contract.ts';
import { useMember } from './member-context.ts';
import { Bar, Part } from './parts.tsx';
import { say } from './words.ts';

type Shown = NonNullable<MemberPage['progress']>;

/** How far it is to the next level, and what keeps the one they have, each with by when. */
export function Progress({ progress }: { progress: Shown }) {
  const { page: { membership }, format } = useMember();
  const { growth, next, keep, why, changes } = progress;
  return (
    <Part title={say('progress.title')} aside={<span className="quiet">{say('progress.growth', { shown: format.number(growth) })}</span>}>
      {next ? <Goal counted={next.counted} needed={next.needed} text={say(next.missing === 0 ? 'progress.reached' : next.by ? 'progress.nextBy' : 'progress.next', { missing: format.number(next.missing), tier: next.tier, when: format.date(next.by) })} /> : <p>{say('progress.top')}</p>}
      {keep && <Goal counted={keep.counted} needed={keep.needed} text={say(keep.missing > 0 ? 'progress.keep' : 'progress.kept', { missing: format.number(keep.missing), tier: keep.tier, when: format.date(keep.by) })} />}
      {membership.graceUntil && <p className="warning">{say('progress.grace', { when: format.date(membership.graceUntil) })}</p>}
      <Ladder />
      <details>
        <summary>{say('progress.why')}</summary>
        <ul className="plain">{why.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>
        <ol className="dated" aria-label={say('progress.changes')}>{changes.map(({ at, sentence }) => <li key={at + sentence}><time className="quiet" dateTime={at}>{format.date(at)}</time><span>{sentence}</span></li>)}</ol>
      </details>
    </Part>
  );
}

function Goal({ counted, needed, text }: { counted: number; needed: number; text: string }) {
  const { format } = useMember();
  return (
    <div className="goal">
      <div className="row"><span>{text}</span><span className="quiet figures">{say('progress.of', { counted: format.number(counted), needed: format.number(needed) })}</span></div>
      <Bar counted={counted} needed={needed} label={text} />
    </div>
  );
}

/** The levels from the lowest to the highest, with what each takes. */
function Ladder() {
  const { page: { tiers, membership }, format } = useMember();
  if (tiers.length < 2) return null;
  return (
    <ol className="ladder" aria-label={say('progress.ladder')}>
      {tiers.map(({ key, name, color, entry }) => (
        <li key={key} aria-current={key === membership.tier?.key ? 'true' : undefined}>
          <i style={{ backgroundColor: color }} aria-hidden="true" />
          <span>{name}</span>
          <span className="quiet figures">{format.number(entry)}</span>
        </li>
      ))}
    </ol>
  );
}
