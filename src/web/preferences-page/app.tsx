import { useEffect, useState } from 'react';
import { locales, type Locale } from '../../kernel/locale.ts';
import type { PreferencesPage } from '../../domains/messaging/contract.ts';
import { currentLocale, languageNames, rememberLocale } from '../i18n/language.ts';
import { Part, Said } from '../member-page/parts.tsx';
import { sentenceOf } from '../member-page/use-change.ts';
import { loadWords, say } from '../member-page/words.ts';
import { type Choice, choose, isLeaving, openPage } from './ask.ts';

/** What somebody wants to get: by which ways, and whether it may be chosen for them. Opening it changes nothing. */
export function PreferencesApp() {
  const [page, show] = useState<PreferencesPage | null>(null);
  const [said, tell] = useState<{ isError: boolean; text: string } | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [locale, setLocale] = useState(currentLocale());
  const open = (): void => void openPage().then(show, (error: unknown) => tell({ isError: true, text: sentenceOf(error) }));
  useEffect(open, []);
  useEffect(() => { document.title = say('preferences.title'); }, [locale]);
  const speak = async (next: Locale): Promise<void> => {
    rememberLocale(next);
    await loadWords(next);
    setLocale(next);
  };
  const change = async (choice: Choice): Promise<void> => {
    setBusy(true);
    try {
      const changed = await choose(choice);
      show(changed);
      const isAsked = choice.about === 'channel' && choice.granted && changed.channels.some(({ channel, isAsked }) => channel === choice.channel && isAsked);
      tell({ isError: false, text: say(isAsked ? 'preferences.asked' : choice.about === 'personalisation' || (choice.about === 'channel' && choice.granted) ? 'preferences.saved' : 'preferences.left') });
    } catch (error) {
      tell({ isError: true, text: sentenceOf(error) });
    }
    setBusy(false);
  };
  if (page === null) return said ? <Closed problem={said.text} onAgain={() => { tell(null); open(); }} /> : <p className="waiting" role="status"><span className="unseen">{say('loading')}</span></p>;
  return (
    <>
      <header className="top">
        <h1>{page.brand}<span className="unseen"> {say('preferences.title')}</span></h1>
        <select aria-label={say('language')} value={locale} onChange={(event) => void speak(event.target.value as Locale)}>
          {locales.map((one) => <option key={one} value={one}>{languageNames[one]}</option>)}
        </select>
      </header>
      <main>
        {isLeaving && page.cameBy && <Leave by={page.cameBy} isGone={page.channels.find(({ channel }) => channel === page.cameBy)?.granted === false} isBusy={isBusy} onLeave={(channel) => void change({ about: 'channel', channel, granted: false })} />}
        <Part title={say('preferences.ways')}>
          <p className="quiet">{say('preferences.waysHint')}</p>
          {page.channels.map(({ channel, granted, isAsked }) => (
            <Toggle key={channel} label={say(`consents.channel.${channel}`)} hint={isAsked ? say('preferences.askedShort') : ''} isOn={granted === true} isBusy={isBusy} onChange={(isOn) => void change({ about: 'channel', channel, granted: isOn })} />
          ))}
          {page.channels.some(({ granted }) => granted === true) && <button type="button" className="wide" disabled={isBusy} onClick={() => void change({ about: 'everything' })}>{say('preferences.none')}</button>}
        </Part>
        <Part title={say('preferences.chosen')}>
          <p className="quiet">{say('preferences.chosenHint')}</p>
          <Toggle label={say('preferences.personalised')} isOn={page.isPersonalised} isBusy={isBusy} onChange={(isOn) => void change({ about: 'personalisation', granted: isOn })} />
        </Part>
        <Said said={said} />
      </main>
      <footer><span>{say('preferences.service')}</span></footer>
    </>
  );
}

/** The way out that the link at the foot of a message leads to: one button. */
function Leave({ by, isGone, isBusy, onLeave }: { by: string; isGone: boolean; isBusy: boolean; onLeave: (channel: string) => void }) {
  const channel = say(`consents.channel.${by}`);
  return (
    <Part title={say(isGone ? 'preferences.gone' : 'preferences.leave', { channel })}>
      <p className="quiet">{say(isGone ? 'preferences.goneHint' : 'preferences.leaveHint')}</p>
      {!isGone && <button type="button" className="primary wide" disabled={isBusy} onClick={() => onLeave(by)}>{say('preferences.leaveNow')}</button>}
    </Part>
  );
}

function Toggle({ label, hint = '', isOn, isBusy, onChange }: { label: string; hint?: string; isOn: boolean; isBusy: boolean; onChange: (isOn: boolean) => void }) {
  return (
    <label className="switch">
      <span>{label}{hint !== '' && <small className="quiet">{hint}</small>}</span>
      <input type="checkbox" role="switch" checked={isOn} disabled={isBusy} onChange={() => onChange(!isOn)} />
    </label>
  );
}

export function Closed({ problem, onAgain }: { problem: string; onAgain: () => void }) {
  return (
    <main className="closed">
      <h1>{say('preferences.title')}</h1>
      <p role="alert">{problem}</p>
      <button type="button" onClick={onAgain}>{say('closed.again')}</button>
    </main>
  );
}
