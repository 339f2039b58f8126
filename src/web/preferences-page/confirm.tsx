import { useEffect, useState } from 'react';
import type { ShownOptIn } from '../../domains/messaging/contract.ts';
import { Part, Said } from '../member-page/parts.tsx';
import { sentenceOf } from '../member-page/use-change.ts';
import { say } from '../member-page/words.ts';
import { Closed } from './app.tsx';
import { confirmOptIn, openOptIn } from './ask.ts';

/** Somebody says themselves that they want messages. Opening it changes nothing. */
export function ConfirmApp() {
  const [asked, show] = useState<ShownOptIn | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const open = (): void => void openOptIn().then(show, (error: unknown) => setProblem(sentenceOf(error)));
  useEffect(open, []);
  useEffect(() => { document.title = say('preferences.confirmTitle'); }, []);
  const confirm = async (): Promise<void> => {
    setBusy(true);
    await confirmOptIn().then(show, (error: unknown) => setProblem(sentenceOf(error)));
    setBusy(false);
  };
  if (asked === null) return problem ? <Closed problem={problem} onAgain={() => { setProblem(null); open(); }} /> : <p className="waiting" role="status"><span className="unseen">{say('loading')}</span></p>;
  const channel = say(`consents.channel.${asked.channel}`);
  return (
    <>
      <header className="top"><h1>{asked.brand}</h1></header>
      <main>
        <Part title={say(asked.confirmedAt === null ? 'preferences.confirm' : 'preferences.confirmed', { channel })}>
          <p className="quiet">{say(asked.confirmedAt === null ? 'preferences.confirmHint' : 'preferences.confirmedHint')}</p>
          {asked.confirmedAt === null && <button type="button" className="primary wide" disabled={isBusy} onClick={() => void confirm()}>{say('preferences.confirmNow')}</button>}
          <Said said={problem === null ? null : { isError: true, text: problem }} />
        </Part>
      </main>
    </>
  );
}
