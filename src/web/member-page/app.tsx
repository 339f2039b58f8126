import { useEffect, useState } from 'react';
import { locales, type Locale } from '../../kernel/locale.ts';
import type { MemberPage } from '../../domains/membership/contract.ts';
import { currentLocale, languageNames, rememberLocale } from '../i18n/language.ts';
import { Activities } from './activities.tsx';
import { Benefits } from './benefits.tsx';
import { Card } from './card.tsx';
import { Consents } from './consents.tsx';
import { Joining, Leaving } from './joining.tsx';
import { Mall } from './mall.tsx';
import { MemberContext, useMember } from './member-context.ts';
import { Ways } from './parts.tsx';
import { Points } from './points.tsx';
import { Progress } from './progress.tsx';
import { Rules } from './rules.tsx';
import { openByLink } from './session.ts';
import { sentenceOf } from './use-change.ts';
import { loadWords, say } from './words.ts';

/** A member's own page, from the opening of their link on. */
export function MemberPageApp({ opening: first }: { opening: Promise<MemberPage> }) {
  const [opening, setOpening] = useState(first);
  const [page, show] = useState<MemberPage | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    opening.then((opened) => { show(opened); setProblem(null); }, (error: unknown) => setProblem(sentenceOf(error)));
  }, [opening]);
  const choose = async (locale: Locale): Promise<void> => {
    rememberLocale(locale);
    await loadWords(locale);
    setOpening(openByLink());
  };
  if (problem !== null && page === null) return <Closed problem={problem} onAgain={() => setOpening(openByLink())} />;
  if (page === null) return <p className="waiting" role="status"><span className="unseen">{say('loading')}</span></p>;
  return (
    <MemberContext value={{ page, show }}>
      <Member key={currentLocale()} onLanguage={(locale) => void choose(locale)} />
    </MemberContext>
  );
}

function Member({ onLanguage }: { onLanguage: (locale: Locale) => void }) {
  const { page: { brand, mode, membership, progress, benefits, activities, mall, rules, computedAt }, format } = useMember();
  const isMember = membership.state === 'member';
  return (
    <>
      {mode === 'view' && <p className="viewed" role="note">{say('viewed')}</p>}
      <header className="top">
        <h1>{brand.name}<span className="unseen"> {say('title')}</span></h1>
        <select aria-label={say('language')} value={currentLocale()} onChange={(event) => onLanguage(event.target.value as Locale)}>
          {locales.map((locale) => <option key={locale} value={locale}>{languageNames[locale]}</option>)}
        </select>
      </header>
      <main>
        <Card />
        <Ways key={membership.state} label={say('ways')} />
        {!isMember && <Joining />}
        {progress && <Progress progress={progress} />}
        <Points />
        {benefits && <Benefits benefits={benefits} />}
        {activities && <Activities activities={activities} />}
        {mall && <Mall mall={mall} />}
        <Consents />
        {rules.length > 0 && <Rules rules={rules} />}
      </main>
      <footer>
        <span>{say('computed', { when: format.dateTime(computedAt) })}</span>
        {isMember && <Leaving />}
      </footer>
    </>
  );
}

function Closed({ problem, onAgain }: { problem: string; onAgain: () => void }) {
  return (
    <main className="closed">
      <h1>{say('closed.title')}</h1>
      <p role="alert">{problem}</p>
      <p className="quiet">{say('closed.hint')}</p>
      <button type="button" onClick={onAgain}>{say('closed.again')}</button>
    </main>
  );
}
