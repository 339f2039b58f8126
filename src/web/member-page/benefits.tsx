import type { MemberPage } from '../../domains/membership/contract.ts';
import { Part } from './parts.tsx';
import { say } from './words.ts';

type Shown = NonNullable<MemberPage['benefits']>;

/** What is theirs, and what the next level brings. */
export function Benefits({ benefits: { own, next } }: { benefits: Shown }) {
  return (
    <Part title={say('benefits.title')}>
      {own.length === 0 ? <p className="quiet">{say('benefits.none')}</p> : <List benefits={own} />}
      {next && next.benefits.length > 0 && (
        <>
          <h3>{say('benefits.next', { tier: next.tier })}</h3>
          <List benefits={next.benefits} isFar />
        </>
      )}
    </Part>
  );
}

function List({ benefits, isFar = false }: { benefits: Shown['own']; isFar?: boolean }) {
  return (
    <ul className={isFar ? 'tiles far' : 'tiles'}>
      {benefits.map(({ name, sentence, note }) => (
        <li key={name}>
          <strong>{name}</strong>
          <span>{sentence}</span>
          {note && <small className="quiet">{note}</small>}
        </li>
      ))}
    </ul>
  );
}
