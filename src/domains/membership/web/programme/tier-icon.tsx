import type { Tier } from '../../contract.ts';

const petals = [0, 72, 144, 216, 288].map((angle) => [12 + 5 * Math.sin((angle * Math.PI) / 180), 12 - 5 * Math.cos((angle * Math.PI) / 180)]);

const paths: Record<Exclude<Tier['icon'], 'flower'>, string> = {
  seedling: 'M12 21v-9M12 14C12 9.5 9 7 4 7c0 5 3 7 8 7zM12 12c0-4.500 3-7.500 8-7.500C20 10 17 12 12 12z',
  leaf: 'M6 18C4 11 9 5 20 4c0 10-5 16-14 14zM4 21c2-5 5-9 10-11',
  tree: 'M12 21v-5M12 3l5.500 7H15l4 6H5l4-6H6.500z',
  star: 'M12 3.500l2.600 5.400 5.900.800-4.300 4.100 1 5.900-5.200-2.800-5.200 2.800 1-5.900L3.500 9.700l5.900-.800z',
  medal: 'M12 20a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9zM7.500 3l3 8M16.500 3l-3 8',
  crown: 'M5 19h14M5 16L3.500 7l5 4L12 5l3.500 6 5-4L19 16z',
  gem: 'M7 4h10l4 6-9 10L3 10zM3 10h18M9 10l3 10 3-10',
};

/** The picture of a tier, in the colour of the text around it. */
export function TierIcon({ icon }: { icon: Tier['icon'] }) {
  return (
    <svg aria-hidden width="1em" height="1em" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round">
      {icon === 'flower' ? (
        <>
          <circle cx="12" cy="12" r="2.500" />
          {petals.map(([cx, cy]) => <circle key={cx} cx={cx} cy={cy} r="2.900" />)}
        </>
      ) : <path d={paths[icon]} />}
    </svg>
  );
}
