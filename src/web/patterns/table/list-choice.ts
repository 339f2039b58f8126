import { useState } from 'react';
import type { ListChoice } from './columns.ts';

const initial: ListChoice = { shown: null, density: 'middle' };

const read = (key: string): ListChoice => {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    if (typeof stored !== 'object' || stored === null) return initial;
    const { shown, density } = stored as Partial<ListChoice>;
    return {
      shown: Array.isArray(shown) ? shown.map(String) : null,
      density: density === 'small' ? 'small' : 'middle',
    };
  } catch {
    return initial; // Unreadable or switched off: the list starts as it was made.
  }
};

/** A list's chosen columns and density, remembered on this browser under the list's name. */
export function useListChoice(name: string): [ListChoice, (change: Partial<ListChoice>) => void] {
  const key = `perennial.list.${name}`;
  const [choice, setChoice] = useState(() => read(key));
  const change = (part: Partial<ListChoice>): void => {
    const next = { ...choice, ...part };
    setChoice(next);
    try {
      localStorage.setItem(key, JSON.stringify(next));
    } catch {
      // Without storage the choice lasts as long as the page.
    }
  };
  return [choice, change];
}
