import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { listAudiences } from '../../../audiences/contract.ts';
import { Flex, Select, useEndpoint, useMay } from '../../../../web/kit.ts';
import { type treeParams, treeTargets, type TreeTarget } from '../../contract.ts';

export type TreeOptionsValue = z.output<typeof treeParams>;

const dayChoices = [7, 14, 30, 60, 90, 180];
const depths = [2, 3, 4, 5];

/** What the next tree is to tell, of whom, and how deep it may go. */
export function TreeOptions({ value, onChange }: { value: TreeOptionsValue; onChange: (value: TreeOptionsValue) => void }) {
  const { t } = useTranslation('insights');
  const maySee = useMay('audiences.read');
  const audiences = useEndpoint(listAudiences, { query: {} }, { enabled: maySee });
  const set = (part: Partial<TreeOptionsValue>): void => onChange({ ...value, ...part });
  return (
    <Flex gap="small" wrap>
      <Select<TreeTarget> aria-label={t('tree.target.label')} popupMatchSelectWidth={false} value={value.target} options={treeTargets.map((target) => ({ value: target, label: t(`tree.target.${target}`) }))} onChange={(target) => set({ target })} />
      <Select aria-label={t('tree.daysLabel')} popupMatchSelectWidth={false} value={value.days} options={dayChoices.map((days) => ({ value: days, label: t('tree.days', { days }) }))} onChange={(days) => set({ days })} />
      <Select aria-label={t('tree.depthLabel')} popupMatchSelectWidth={false} value={value.depth} options={depths.map((depth) => ({ value: depth, label: t('tree.depth', { depth }) }))} onChange={(depth) => set({ depth })} />
      {maySee && (
        <Select
          aria-label={t('tree.audience')} popupMatchSelectWidth={false} value={value.audienceId ?? 0}
          options={[{ value: 0, label: t('tree.everybody') }, ...(audiences.data?.rows ?? []).map(({ audienceId, name }) => ({ value: audienceId, label: name }))]}
          onChange={(audienceId) => set({ audienceId: audienceId === 0 ? null : audienceId })}
        />
      )}
    </Flex>
  );
}
