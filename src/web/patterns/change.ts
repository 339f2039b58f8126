/** How a value moved against the period before. */
export interface Change {
  direction: 'up' | 'down' | 'same' | 'new';
  /** 0.125 for 12.5 % more; null where there was nothing before. */
  ratio: number | null;
}

/** Compares a value with the one before; from nothing to something is `new`, not infinite. */
export function changeOf(now: number, before: number): Change {
  if (before === 0) return { direction: now === 0 ? 'same' : 'new', ratio: now === 0 ? 0 : null };
  const ratio = (now - before) / Math.abs(before);
  if (Math.abs(ratio) < 0.0005) return { direction: 'same', ratio: 0 };
  return { direction: ratio > 0 ? 'up' : 'down', ratio };
}
