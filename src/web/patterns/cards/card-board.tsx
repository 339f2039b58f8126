import { Button } from 'antd';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { HolderOutlined } from '../../icons.tsx';
import { moved, placed } from '../pick/order.ts';
import styles from './cards.module.css';

/** Cards in an order, half as wide as the board or as wide; dragged by their handle, or moved with the arrow keys. */
export interface CardBoardProps {
  cards: { key: string; isWide: boolean; render: (handle: ReactNode) => ReactNode }[];
  /** Without it the order stays. */
  onOrder?: (keys: string[]) => void;
}

const dragged = 'application/x-card';

export function CardBoard({ cards, onOrder }: CardBoardProps) {
  const { t } = useTranslation('web');
  const [over, setOver] = useState<string>();
  const keys = cards.map(({ key }) => key);
  const onKeyDown = (event: KeyboardEvent, key: string): void => {
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    onOrder?.(moved(keys, key, step));
  };
  return (
    <div className={styles.board}>
      {cards.map(({ key, isWide, render }) => (
        <div
          key={key}
          className={[styles.card, isWide ? styles.full : '', over === key ? styles.target : ''].join(' ')}
          onDragOver={(event) => {
            if (!onOrder || !event.dataTransfer.types.includes(dragged)) return;
            event.preventDefault();
            setOver(key);
          }}
          onDragLeave={() => setOver(undefined)}
          onDrop={(event) => {
            setOver(undefined);
            const from = event.dataTransfer.getData(dragged);
            if (keys.includes(from)) onOrder?.(keys.indexOf(from) < keys.indexOf(key) ? moved(keys, from, keys.indexOf(key) - keys.indexOf(from)) : placed(keys, from, key));
          }}
        >
          {render(onOrder && (
            <Button
              type="text"
              size="small"
              icon={<HolderOutlined />}
              draggable
              aria-label={t('pick.move')}
              title={t('pick.move')}
              onDragStart={(event) => event.dataTransfer.setData(dragged, key)}
              onKeyDown={(event) => onKeyDown(event, key)}
            />
          ))}
        </div>
      ))}
    </div>
  );
}
