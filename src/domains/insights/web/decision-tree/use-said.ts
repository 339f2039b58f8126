import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../../web/kit.ts';
import type { TreeNode, TreeResult } from '../../contract.ts';

/** What a node says of its people: in words, and as the length of a bar. */
export function useSaid({ params: { target }, classes, nodes }: TreeResult, currency: string): { text: (said: readonly number[]) => string; bar: (node: TreeNode) => number; value: (said: readonly number[]) => number } {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const likeliest = (said: readonly number[]): number => said.indexOf(Math.max(...said));
  const most = Math.max(...nodes.map(({ said }) => said[0]), 1e-9);
  if (target === 'spend') return { text: ([mean]) => t('tree.said.spend', { money: format.money(mean.toFixed(2), currency) }), bar: ({ said: [mean] }) => mean / most, value: ([mean]) => mean };
  if (target === 'again') return { text: (said) => t('tree.said.again', { share: format.percent(said[1], 1) }), bar: ({ said }) => said[1], value: (said) => said[1] };
  return {
    text: (said) => t('tree.said.category', { category: classes[likeliest(said)] || t('tree.otherCategory'), share: format.percent(said[likeliest(said)]) }),
    bar: ({ said }) => said[likeliest(said)], value: (said) => said[likeliest(said)],
  };
}
