import { eventLimits } from './limits.ts';
import type { Refusal } from './set-aside-reason.ts';

const longestPath = 120;

interface Level {
  keys: string[] | null;
  values: unknown;
  size: number;
  next: number;
}

/**
 * Walks everything inside an event without recursion, so that depth cannot exhaust the stack, and answers with
 * the first thing that no store of ours can hold, or null. Counts characters, keys and depth on the way.
 */
export function checkValues(event: object): Refusal | null {
  const levels: Level[] = [enter(event)];
  let characters = 0;
  let keys = 0;
  while (levels.length > 0) {
    const level = levels[levels.length - 1];
    if (level.next >= level.size) {
      levels.pop();
      continue;
    }
    const index = level.next++;
    const key = level.keys ? level.keys[index] : undefined;
    if (key !== undefined) {
      keys++;
      characters += key.length + 4;
      if (key === '__proto__') return found('forbidden_key', levels);
      const broken = checkText(key);
      if (broken) return found(broken, levels.slice(0, -1));
    }
    const value = key === undefined ? (level.values as unknown[])[index] : (level.values as Record<string, unknown>)[key];
    if (typeof value === 'string') {
      characters += value.length + 2;
      const broken = checkText(value);
      if (broken) return found(broken, levels);
    } else if (typeof value === 'object' && value !== null) {
      if (levels.length >= eventLimits.depth) return found('too_deep', levels);
      levels.push(enter(value));
    } else characters += 4;
    if (characters > eventLimits.eventCharacters) return found('too_large', levels);
    if (keys > eventLimits.keys) return found('too_many_keys', levels);
  }
  return null;
}

function enter(value: object): Level {
  if (Array.isArray(value)) return { keys: null, values: value, size: value.length, next: 0 };
  const keys = Object.keys(value);
  return { keys, values: value, size: keys.length, next: 0 };
}

function checkText(text: string): 'nul_character' | 'broken_character' | null {
  if (text.includes('\0')) return 'nul_character';
  return text.isWellFormed() ? null : 'broken_character';
}

function found(reason: Refusal['reason'], levels: Level[]): Refusal {
  const path = levels.map(({ keys, next }) => (keys ? keys[next - 1] : next - 1)).join('.');
  return { reason, path: path.toWellFormed().replaceAll('\0', '').slice(0, longestPath) };
}
