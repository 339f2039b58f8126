import type { MemberPage } from '../../domains/membership/contract.ts';
import { useMember } from './member-context.ts';
import { Part, Said } from './parts.tsx';
import { useChange } from './use-change.ts';
import { say } from './words.ts';

type Choice = MemberPage['consents'][number];

/** By which way they may be written to, and what for. A change counts at once. */
export function Consents() {
  const { page, show } = useMember();
  const { isBusy, said, change } = useChange();
  const choose = ({ channel, purpose, granted }: Choice): void => void change<{ consents: Choice[] }>('PUT', '/consents', { channel, purpose, granted: granted !== true }, ({ consents }) => {
    show({ ...page, consents });
    return say('consents.saved');
  });
  const byPurpose = [...Map.groupBy(page.consents, ({ purpose }) => purpose)];
  return (
    <Part title={say('consents.title')}>
      <p className="quiet">{say('consents.hint')}</p>
      {byPurpose.map(([purpose, choices]) => (
        <fieldset key={purpose}>
          <legend>{say(`consents.purpose.${purpose}`)}</legend>
          {choices.map((choice) => (
            <label key={choice.channel} className="switch">
              <span>{say(`consents.channel.${choice.channel}`)}{choice.granted === null && <small className="quiet"> {say('consents.unset')}</small>}</span>
              <input type="checkbox" role="switch" checked={choice.granted === true} disabled={isBusy || page.mode === 'view'} aria-label={say('consents.switch', { purpose: say(`consents.purpose.${purpose}`), channel: say(`consents.channel.${choice.channel}`) })} onChange={() => choose(choice)} />
            </label>
          ))}
        </fieldset>
      ))}
      <Said said={said} />
    </Part>
  );
}
