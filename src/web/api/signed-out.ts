type Listener = () => void;
const listeners = new Set<Listener>();

/** Calls back whenever a request was refused because nobody is signed in. Returns how to stop. */
export function onSignedOut(listener: Listener): Listener {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells the shell that the session has ended. */
export const reportSignedOut = (): void => {
  for (const listener of listeners) listener();
};
