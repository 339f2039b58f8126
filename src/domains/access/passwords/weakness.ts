import { Problem } from '../../../kernel/problem.ts';
import { commonWords, runs } from './common-words.ts';


const lookAlikes: Record<string, string> = { 0: 'o', 1: 'l', 3: 'e', 4: 'a', 5: 's', 7: 't', $: 's', '@': 'a', '!': 'i' };
const withLetters = (text: string): string => text.replace(/[013457$@!]/g, (sign) => lookAlikes[sign] ?? sign);

/**
 * Refuses what is guessed first: a common word however decorated, a run along the keyboard, a
 * few characters repeated, or the person's own name or address.
 */
export function refuseWeakPassword(password: string, about: { email: string; name: string }): void {
  const text = password.normalize('NFKC').toLowerCase();
  if (isCommon(text)) throw weak('access.password_common');
  const own = [about.email.split('@')[0], about.email.split('@')[1]?.split('.')[0], about.name.toLowerCase().replace(/\s/g, '')];
  const rest = own.filter((part) => part !== undefined && part.length >= 3).reduce((left, part) => left.replaceAll(part ?? '', ''), text);
  if (rest.length < text.length && rest.replace(/[^\p{L}]/gu, '').length < 4) throw weak('access.password_personal');
}

const weak = (code: 'access.password_common' | 'access.password_personal'): Problem =>
  new Problem(code, { fields: [{ path: 'body.password', code: 'weak' }] });

function isCommon(text: string): boolean {
  if (new Set(text).size <= 3) return true;
  // Phone numbers, birthdays and 5201314 are digits only.
  if (/^\d+$/.test(text) && text.length < 16) return true;
  if (runs.some((run) => isAlong(run, text))) return true;
  const bare = text.replace(/^[\d\p{P}\s]+(?=[a-z])|[\d\p{P}\p{S}\s]+$/gu, '');
  return [text, withLetters(bare)].some((form) => form.replace(/[a-z]/g, '').length <= mostDecoration && consistsOfCommonWords(form.replace(/[^a-z]/g, '')));
}

/** Digits and signs around a common word add little; more than these are a choice of their own. */
const mostDecoration = 8;

function consistsOfCommonWords(letters: string): boolean {
  if (commonWords.has(letters)) return true;
  for (let cut = 3; cut <= letters.length - 3; cut++) {
    if (commonWords.has(letters.slice(0, cut)) && commonWords.has(letters.slice(cut))) return true;
  }
  return false;
}

/** `1234567890`, `poiuytrewq`, `qwertyuiop12`: mostly one stretch of a run, forwards or backwards. */
function isAlong(run: string, text: string): boolean {
  const backwards = [...text].reverse().join('');
  return [text, backwards].some((form) => {
    for (let length = form.length; length >= form.length - 3; length--) {
      for (let start = 0; start + length <= form.length; start++) {
        if (run.includes(form.slice(start, start + length))) return true;
      }
    }
    return false;
  });
}
