import type { ResolvedCondition } from '../../resolve/resolved.ts';
import { audienceKey, consentKey, listKey } from '../person-facts.ts';
import { sampleHash } from '../sample-hash.ts';
import type { Check } from './check.ts';
import { matchTest } from './tests.ts';

type Of<K extends ResolvedCondition['kind']> = Extract<ResolvedCondition, { kind: K }>;

/** By tags; of those that were asked for, the ones somebody has are named. */
export function checkTags({ tags, match }: Of<'tag'>): Check {
  const holds = matchTest(tags, match);
  return (facts) => {
    const held = tags.filter((tag) => facts.tags.has(tag));
    return { holds: holds(facts.tags), found: held.length > 0 ? { tags: held } : null };
  };
}

export function checkConsent({ channel, purpose, state }: Of<'consent'>): Check {
  const granted = consentKey(channel, purpose, 'granted');
  const withdrawn = consentKey(channel, purpose, 'withdrawn');
  return ({ consents }) => {
    const said = consents.has(granted) ? 'granted' : consents.has(withdrawn) ? 'withdrawn' : 'unasked';
    return { holds: said === state, found: { words: [said] } };
  };
}

export function checkIdentifiers({ identifiers, match }: Of<'identifier'>): Check {
  const holds = matchTest(identifiers, match);
  return ({ identifierKinds }) => {
    const held = identifiers.filter((kind) => identifierKinds.has(kind));
    return { holds: holds(identifierKinds), found: held.length > 0 ? { words: held } : null };
  };
}

export function checkMembership(condition: Of<'audience'> | Of<'list'>): Check {
  const key = condition.kind === 'audience' ? audienceKey(condition.audienceId, condition.on) : listKey(condition.listId);
  return ({ memberOf }) => ({ holds: memberOf.has(key), found: null });
}

export function checkSample({ salt, below }: Of<'sample'>): Check {
  return ({ customerNo }) => ({ holds: sampleHash(salt, customerNo) < below, found: null });
}
