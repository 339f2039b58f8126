import { useSyncExternalStore } from 'react';

/** What a person chose: light, dark, or as their device says. */
export type Appearance = 'system' | 'light' | 'dark';
export const appearances: readonly Appearance[] = ['system', 'light', 'dark'];

const storageKey = 'perennial.appearance';
const listeners = new Set<() => void>();
const darkDevice = window.matchMedia('(prefers-color-scheme: dark)');
const changed = (): void => {
  for (const listener of listeners) listener();
};
// Paper is white, whatever the screen is.
const paper = window.matchMedia('print');
darkDevice.addEventListener('change', changed);
paper.addEventListener('change', changed);

const readStored = (): Appearance => {
  try {
    const stored = localStorage.getItem(storageKey);
    return appearances.find((appearance) => appearance === stored) ?? 'system';
  } catch {
    return 'system';
  }
};

let chosen = readStored();

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Chooses the appearance and remembers it on this browser. */
export function chooseAppearance(appearance: Appearance): void {
  chosen = appearance;
  try {
    localStorage.setItem(storageKey, appearance);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  changed();
}

/** What was chosen. */
export const useAppearance = (): Appearance => useSyncExternalStore(subscribe, () => chosen);

/** Whether the screen is dark now. */
export const useIsDark = (): boolean =>
  useSyncExternalStore(subscribe, () => {
    const isDarkScreen = chosen === 'system' ? darkDevice.matches : chosen === 'dark';
    return isDarkScreen && !paper.matches;
  });

const stillness = window.matchMedia('(prefers-reduced-motion: reduce)');

const subscribeToStillness = (listener: () => void): (() => void) => {
  stillness.addEventListener('change', listener);
  return () => stillness.removeEventListener('change', listener);
};

/** Whether a person asked their device for less movement. */
export const useIsStill = (): boolean => useSyncExternalStore(subscribeToStillness, () => stillness.matches);
