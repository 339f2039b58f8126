import { useTranslation } from 'react-i18next';
import { Button, Grid, type HeatCell, HeatMatrix, Table, useFormat } from '../../../../web/kit.ts';

interface MovesMatrixProps<P extends string> {
  places: readonly P[];
  nameOf: (place: P) => string;
  moves: readonly { was: P; is: P; people: number }[];
  onPick: (was: P, is: P) => void;
}

/** Who was what (down) and is what now (across): each number opens to its people, darker where a greater share of a row went. A list where there is no room. */
export function MovesMatrix<P extends string>({ places, nameOf, moves, onPick }: MovesMatrixProps<P>) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const { lg } = Grid.useBreakpoint();
  const found = new Map(moves.map(({ was, is, people }) => [`${was} ${is}`, people]));
  const totals = new Map(places.map((place) => [place, moves.reduce((sum, move) => sum + (move.was === place ? move.people : 0), 0)]));
  const met = places.filter((place) => moves.some(({ was, is }) => was === place || is === place));
  const cellOf = (was: string, is: string): HeatCell | null => {
    const people = found.get(`${was} ${is}`);
    if (people === undefined) return null;
    const share = people / (totals.get(was as P) || 1);
    return { heat: share, text: format.compact(people), label: t('moves.cell', { was: nameOf(was as P), is: nameOf(is as P), people: format.number(people), share: format.percent(share, 1) }) };
  };
  if (!lg) {
    const rows = moves.filter(({ was, is }) => was !== is).toSorted((a, b) => b.people - a.people).map((move) => ({ ...move, key: `${move.was} ${move.is}` }));
    return (
      <Table
        size="small" dataSource={rows} pagination={{ pageSize: 10, hideOnSinglePage: true, simple: true }}
        columns={[
          { title: t('moves.move'), render: (_, { was, is }) => `${nameOf(was)} → ${nameOf(is)}` },
          { title: t('moves.people'), align: 'right', render: (_, { was, is, people }) => <Button type="link" size="small" onClick={() => onPick(was, is)}>{format.number(people)}</Button> },
        ]}
      />
    );
  }
  const scale = (of: readonly P[]) => of.map((key) => ({ key, label: nameOf(key) }));
  return <HeatMatrix caption={t('moves.caption')} rows={scale(met)} columns={scale(met.filter((place) => moves.some(({ is }) => is === place)))} cellOf={cellOf} onPick={(was, is) => onPick(was as P, is as P)} />;
}
