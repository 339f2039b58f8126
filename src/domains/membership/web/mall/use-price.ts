import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../../web/kit.ts';

/** `100 points + ¥9.90`. */
export function usePrice(): (price: { points: number; money: string }) => string {
  const { t } = useTranslation('membership');
  const format = useFormat();
  return ({ points, money }) => {
    const inPoints = t('mall.pointsShown', { shown: format.number(points) });
    return Number(money) === 0 ? inPoints : `${inPoints} + ${format.money(money)}`;
  };
}
