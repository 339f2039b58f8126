import type { MemberPage } from '../../domains/membership/contract.ts';
import { Part } from './parts.tsx';
import { say } from './words.ts';

/** What the programme promises, for whoever wants to read all of it. */
export function Rules({ rules }: { rules: MemberPage['rules'] }) {
  return (
    <Part title={say('rules.title')}>
      <details>
        <summary>{say('rules.read')}</summary>
        {rules.map(({ title, sentences }) => (
          <section key={title}>
            <h3>{title}</h3>
            <ul>{sentences.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>
          </section>
        ))}
      </details>
    </Part>
  );
}
