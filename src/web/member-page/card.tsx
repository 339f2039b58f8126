import type { CSSProperties } from 'react';
import { light } from '../theme/colours.ts';
import { takesDarkLetters } from './letters.ts';
import { useMember } from './member-context.ts';
import { TierIcon } from './tier-icon.tsx';
import { say } from './words.ts';

/** The card: whose it is, the level in its colour, and what can be spent. */
export function Card() {
  const { page: { brand, membership, points }, format } = useMember();
  const { tier, state, name, number, joinedAt } = membership;
  const colour = tier?.color ?? light.colorPrimary;
  return (
    <section className={`card${takesDarkLetters(colour) ? ' dark-letters' : ''}`} style={{ '--tier': colour } as CSSProperties} aria-label={say('card.label')}>
      <div className="row">
        <span>{brand.programme ?? brand.name}</span>
        {tier ? <strong className="tier"><TierIcon icon={tier.icon} />{tier.name}</strong> : <strong>{say(state === 'left' ? 'card.left' : 'card.none')}</strong>}
      </div>
      <div className="sum">
        <span>{say('card.points')}</span>
        <strong>{format.number(points.available)}</strong>
      </div>
      <div className="row small">
        <span>{name && <>{name} </>}{say('card.number', { number })}</span>
        {joinedAt && <span>{say('card.since', { when: format.date(joinedAt) })}</span>}
      </div>
    </section>
  );
}
