import { useTranslation } from 'react-i18next';
import { Steps } from '../../../../web/kit.ts';

const steps = ['upload', 'map', 'check', 'run'] as const;
export type ImportStep = (typeof steps)[number];

/** How far a person has come with a file. */
export function ImportSteps({ current }: { current: ImportStep }) {
  const { t } = useTranslation('collect');
  return <Steps current={steps.indexOf(current)} items={steps.map((step) => ({ title: t(`imports.step.${step}`) }))} />;
}
