import { useRef } from 'react';
import type { MemberPage } from '../../domains/membership/contract.ts';
import { useMember } from './member-context.ts';
import { Part, Said } from './parts.tsx';
import { useChange } from './use-change.ts';
import { say } from './words.ts';

type Activity = NonNullable<MemberPage['activities']>[number];

/** What somebody does themselves; the others count by themselves with an order or with joining. */
const actions: Record<string, string> = { sign_in: 'activities.signIn', lottery: 'activities.draw', task: 'activities.takePart', exchange: 'activities.takePart' };

/** What is open to them now, and taking part in it. */
export function Activities({ activities }: { activities: Activity[] }) {
  return (
    <Part title={say('activities.title')}>
      {activities.length === 0 ? <p className="quiet">{say('activities.none')}</p> : <ul className="tiles">{activities.map((activity) => <One key={activity.activityNo} activity={activity} />)}</ul>}
    </Part>
  );
}

function One({ activity: { activityNo, kind, name, note, endsAt, cost, left, standing, hindrance } }: { activity: Activity }) {
  const { page: { mode }, format, show } = useMember();
  const { isBusy, said, change } = useChange();
  // A turn that failed on its way is the same turn when it is sent again; the next one has a key of its own.
  const key = useRef(crypto.randomUUID());
  const facts = [
    cost > 0 && say('activities.cost', { points: format.number(cost) }), left !== null && say('activities.left', { left: format.number(left) }),
    endsAt && say('activities.until', { when: format.date(endsAt) }), standing,
  ].filter(Boolean);
  const takePart = (): void => void change<{ page: MemberPage; sentence: string }>('POST', `/activities/${activityNo}`, { key: key.current }, ({ page, sentence }) => {
    key.current = crypto.randomUUID();
    show(page);
    return sentence;
  });
  return (
    <li>
      <strong>{name}</strong>
      {facts.length > 0 && <small className="quiet">{facts.join(' · ')}</small>}
      {hindrance && <small className="quiet">{hindrance}</small>}
      <details>
        <summary>{say('activities.rules')}</summary>
        {note.split('\n').filter(Boolean).map((line) => <p key={line}>{line}</p>)}
      </details>
      {actions[kind] && <button type="button" disabled={isBusy || hindrance !== null || mode === 'view'} onClick={takePart}>{say(actions[kind])}</button>}
      <Said said={said} />
    </li>
  );
}
