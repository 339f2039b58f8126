/** Drawn on a field of 24 by 24, in one line. */
const drawings: Record<string, string> = {
  seedling: 'M12 21v-9M12 12C12 8 9 5 4 5c0 5 3 7 8 7ZM12 15c0-4 3-6 8-6 0 4-3 6-8 6Z',
  leaf: 'M5 20c2-6 6-10 14-16 1 10-3 15-9 15-2 0-3-.5-4-1.5',
  flower: 'M12 9.500a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5ZM12 9.500C9 3 15 3 12 9.500ZM14.5 12c6.5-3 6.5 3 0 0ZM12 14.500c3 6.5-3 6.5 0 0ZM9.5 12c-6.5 3-6.5-3 0 0Z',
  tree: 'M12 22v-6M12 3l6 7h-3l4 6H5l4-6H6l6-7Z',
  star: 'm12 3 2.7 5.8 6.3.7-4.7 4.3 1.3 6.200L12 16.9 6.4 20l1.3-6.200L3 9.500l6.3-.700L12 3Z',
  medal: 'M12 21a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11ZM9 10 6 3M15 10l3-7M12 13.500v4',
  crown: 'M4 18h16l1-10-5 4-4-7-4 7-5-4 1 10Z',
  gem: 'M6 4h12l3 5-9 11L3 9l3-5ZM3 9h18M9 9l3 11 3-11',
};

/** The sign of a tier; its name stands beside it. */
export function TierIcon({ icon }: { icon: string }) {
  return <svg className="tier-icon" viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round"><path d={drawings[icon] ?? drawings.star} /></svg>;
}
