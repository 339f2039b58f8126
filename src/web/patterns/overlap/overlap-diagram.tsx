import { type KeyboardEvent, useId, useMemo } from 'react';
import { useIsDark } from '../../theme/appearance.ts';
import { chartColors } from '../../theme/theme.ts';
import { type Circle, frameOf, middleOf, placeCircles } from './circles.ts';
import styles from './overlap.module.css';

/** A region of the diagram, by the sets it lies in as bits of their order. */
export interface OverlapRegion {
  mask: number;
  size: number;
  label: string;
  shown: string;
}

/** Sets as circles, as large as they are and sharing what they share; a region can be opened. */
export interface OverlapDiagramProps {
  sets: { name: string; size: number; shown: string }[];
  regions: OverlapRegion[];
  onRegion?: (mask: number) => void;
  /** What opening a region does. */
  actionLabel?: string | undefined;
}

const scale = 160;
const margin = 36;
const leastRoom = 0.07;

export function OverlapDiagram({ sets, regions, onRegion, actionLabel }: OverlapDiagramProps) {
  const id = useId();
  const colors = chartColors[useIsDark() ? 'dark' : 'light'];
  const { circles, middles } = useMemo(() => {
    const shared = (a: number, b: number): number => regions.filter(({ mask }) => mask & (1 << a) && mask & (1 << b)).reduce((sum, { size }) => sum + size, 0);
    const placed = placeCircles(sets.map(({ size }) => size), shared);
    return { circles: placed, middles: new Map(regions.map(({ mask }) => [mask, middleOf(placed, mask)])) };
  }, [sets, regions]);
  const frame = frameOf(circles);
  const at = (value: number): number => value * scale;
  const viewBox = [at(frame.x) - margin, at(frame.y) - margin, at(frame.width) + 2 * margin, at(frame.height) + 2 * margin].join(' ');
  const open = (mask: number) => (onRegion ? { onClick: () => onRegion(mask), onKeyDown: (event: KeyboardEvent) => event.key === 'Enter' && onRegion(mask), tabIndex: 0, role: 'button' } : { role: 'img' });
  return (
    <figure className={styles.figure}>
      <svg className={styles.diagram} viewBox={viewBox}>
        <defs>
          {circles.map((circle, index) => (
            <g key={index}>
              <clipPath id={`${id}-in-${index}`}><circle cx={at(circle.x)} cy={at(circle.y)} r={at(circle.r)} /></clipPath>
              <clipPath id={`${id}-out-${index}`}><path clipRule="evenodd" d={outside(circle)} /></clipPath>
            </g>
          ))}
        </defs>
        {circles.map((circle, index) => (
          <circle key={index} cx={at(circle.x)} cy={at(circle.y)} r={at(circle.r)} fill={colors[index]} fillOpacity={0.22} stroke={colors[index]} strokeWidth={2} />
        ))}
        {regions.filter(({ size }) => size > 0).map(({ mask, label, shown }) => {
          const middle = middles.get(mask);
          const words = [label, shown, actionLabel].filter(Boolean).join(' · ');
          return (
            <g key={mask} className={onRegion ? styles.region : undefined} aria-label={words} {...open(mask)}>
              <title>{words}</title>
              {circles.reduce((inner, _, index) => <g clipPath={`url(#${id}-${mask & (1 << index) ? 'in' : 'out'}-${index})`}>{inner}</g>, <rect className={styles.surface} x={-2_000} y={-2_000} width={4_000} height={4_000} />)}
              {middle && middle.room > leastRoom && <text className={styles.size} x={at(middle.x)} y={at(middle.y)}>{shown}</text>}
            </g>
          );
        })}
      </svg>
      <figcaption className={styles.legend}>
        {sets.map(({ name, shown }, index) => (
          <span key={index} className={styles.entry}><span className={styles.dot} style={{ background: colors[index] }} aria-hidden />{name}<strong>{shown}</strong></span>
        ))}
      </figcaption>
    </figure>
  );
}

/** Everything but a circle. */
const outside = ({ x, y, r }: Circle): string => {
  const [cx, cy, radius] = [x * scale, y * scale, r * scale];
  return `M-2000-2000H2000V2000H-2000ZM${cx - radius} ${cy}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0Z`;
};
