import type { AnswerReply, Figure } from '../../contract.ts';
import { type Province, provinceOf, provinces } from './provinces.ts';

/** What a chart shows of an answer: categories, and a series of values over them. */
export interface DrawnAnswer {
  categories: string[];
  series: { name: string; values: (number | null)[]; isAgainst: boolean }[];
}

const mostSeries = 8;
export const drawnFigure = (figure: Figure | undefined): number | null => (figure === null || figure === undefined ? null : Number(figure));

/**
 * The first dimension goes along the axis. Where there is a second, each of its values is a series of the first metric, the largest
 * first and no more than can be told apart; else each metric of the first one's unit is a series, with what it is compared with.
 */
export function drawnAnswer({ columns, rows }: AnswerReply, metric: string, unknown: string, againstName: string): DrawnAnswer {
  const dimensions = columns.filter(({ kind }) => kind === 'dimension');
  const name = (label: string): string => label || unknown;
  if (dimensions.length < 2) {
    const label = columns.find(({ key }) => key === metric)?.label ?? '';
    const hasAgainst = rows.some(({ against }) => against !== null);
    return {
      categories: rows.map(({ labels }) => name(labels[0] ?? '')),
      series: [
        { name: label, values: rows.map(({ figures }) => drawnFigure(figures[metric])), isAgainst: false },
        ...(hasAgainst ? [{ name: againstName, values: rows.map(({ against }) => drawnFigure(against?.[metric])), isAgainst: true }] : []),
      ],
    };
  }
  const categories = [...new Set(rows.map(({ labels }) => name(labels[0])))];
  const groups = Map.groupBy(rows, ({ labels }) => labels.slice(1).map(name).join(' · '));
  const sizeOf = (of: typeof rows): number => of.reduce((sum, { figures }) => sum + Math.abs(drawnFigure(figures[metric]) ?? 0), 0);
  const largest = [...groups].sort((a, b) => sizeOf(b[1]) - sizeOf(a[1])).slice(0, mostSeries);
  return {
    categories,
    series: largest.map(([series, of]) => {
      const byCategory = new Map(of.map(({ labels, figures }) => [name(labels[0]), drawnFigure(figures[metric])]));
      return { name: series, values: categories.map((category) => byCategory.get(category) ?? null), isAgainst: false };
    }),
  };
}

/** An answer on the map: a value a province, and what belongs to none. */
export interface MappedAnswer {
  values: Map<Province, number>;
  elsewhere: { label: string; value: number }[];
  /** Provinces of which several spellings came together. */
  together: string[];
}

/** Adds the rows of each province up, under whatever spelling they came. */
export function mappedAnswer({ columns, rows }: AnswerReply, metric: string): MappedAnswer {
  const at = columns.findIndex(({ key }) => key === 'province' || key === 'region');
  const found: MappedAnswer = { values: new Map(), elsewhere: [], together: [] };
  for (const { keys, labels, figures } of rows) {
    const value = drawnFigure(figures[metric]) ?? 0;
    const province = provinceOf(keys[at] ?? '');
    if (!province) found.elsewhere.push({ label: labels[at] ?? '', value });
    else {
      if (found.values.has(province)) found.together.push(province.zh);
      found.values.set(province, (found.values.get(province) ?? 0) + value);
    }
  }
  return found;
}

/** The map: equal squares, each province where it lies among its neighbours. */
export const mapCells = (mapped: MappedAnswer, nameOf: (province: Province) => string) =>
  provinces.map((province) => ({ name: nameOf(province), value: [...province.at, mapped.values.get(province) ?? null] as [number, number, number | null] }));
