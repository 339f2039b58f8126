import { useState } from 'react';
import type { MemberPage } from '../../domains/membership/contract.ts';
import { useMember } from './member-context.ts';
import { Ask, Part, Said } from './parts.tsx';
import { useChange } from './use-change.ts';
import { say } from './words.ts';

/** Joining, for who is no member and may; what they agree to by it is theirs to tick. */
export function Joining() {
  const { page: { membership: { state, canJoin, joinConsent }, brand, mode }, show } = useMember();
  const { isBusy, said, change } = useChange();
  const [agrees, setAgrees] = useState(false);
  const lead = state === 'left' ? say('joining.again') : say('joining.lead', { programme: brand.programme ?? brand.name });
  const join = (): void => void change<MemberPage>('POST', '/membership', { agrees }, (page) => {
    show(page);
    return null;
  });
  if (brand.programme === null) return null;
  return (
    <Part title={say('joining.title')}>
      <p>{lead}</p>
      {canJoin ? (
        <>
          {joinConsent && (
            <label className="agree">
              <input type="checkbox" checked={agrees} onChange={(event) => setAgrees(event.target.checked)} />
              <span>{say('joining.agree', { channel: say(`consents.channel.${joinConsent.channel}`), purpose: say(`consents.purpose.${joinConsent.purpose}`) })}</span>
            </label>
          )}
          <button type="button" className="primary wide" disabled={isBusy || mode === 'view' || (joinConsent !== null && !agrees)} onClick={join}>{say('joining.join')}</button>
        </>
      ) : <p className="quiet">{say(state === 'left' ? 'joining.againByOrder' : 'joining.byOrder')}</p>}
      <Said said={said} />
    </Part>
  );
}

/** Leaving: said once more what it means before it is done. */
export function Leaving() {
  const { page: { mode }, show } = useMember();
  const { isBusy, said, change } = useChange();
  const [isAsked, setAsked] = useState(false);
  const leave = (): void => void change<MemberPage>('DELETE', '/membership', undefined, (page) => {
    setAsked(false);
    show(page);
    return null;
  });
  return (
    <>
      <button type="button" className="link" disabled={mode === 'view'} onClick={() => setAsked(true)}>{say('joining.leave')}</button>
      {isAsked && <Ask title={say('joining.leaveTitle')} text={say('joining.leaveText')} yes={say('joining.leaveYes')} no={say('joining.leaveNo')} isBusy={isBusy} isDanger onYes={leave} onNo={() => setAsked(false)}><Said said={said} /></Ask>}
    </>
  );
}
