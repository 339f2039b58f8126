import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card, Flex, Select, Tag, Tooltip, Typography, useFormat } from '../../../../web/kit.ts';
import { fieldsOf } from '../../mapping/fields.ts';
import { ColumnOptions } from './column-options.tsx';
import { columnOf, type Draft } from './draft.ts';
import { dragType } from './drag-type.ts';
import type { FileInspection } from './file-inspection.ts';

interface ColumnCardProps {
  column: string;
  samples: string[];
  guess: FileInspection['guess']['columns'][number] | undefined;
  draft: Draft;
  onDraft: (draft: Draft) => void;
  onMeaning: (field: string | null) => void;
}

const nothing = '';

/** One column of the file: its name and some of its values, and what it means. A field can be dropped here. */
export function ColumnCard({ column, samples, guess, draft, onDraft, onMeaning }: ColumnCardProps) {
  const { t } = useTranslation('collect');
  const [isOver, setIsOver] = useState(false);
  const mapped = columnOf(draft, column);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setIsOver(false);
    const field = event.dataTransfer.getData(dragType);
    if (field in fieldsOf[draft.kind]) onMeaning(field);
  };
  const options = [
    { value: nothing, label: t('imports.map.ignore') },
    ...Object.keys(fieldsOf[draft.kind]).map((field) => ({ value: field, label: t(`imports.field.${field}`) })),
  ];
  return (
    <Card
      size="small"
      type={isOver ? 'inner' : undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
    >
      <Flex vertical gap="small">
        <Flex gap="small" justify="space-between" align="center">
          <Typography.Text strong ellipsis={{ tooltip: column }}>{column}</Typography.Text>
          {guess && mapped?.field === guess.field && <Confidence guess={guess} />}
        </Flex>
        <Typography.Text type="secondary" ellipsis={{ tooltip: samples.join(' · ') }}>{samples.join(' · ') || t('imports.map.noValues')}</Typography.Text>
        <Select
          aria-label={t('imports.map.foundIn', { column })}
          value={mapped?.field ?? nothing}
          options={options}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={(field: string) => onMeaning(field === nothing ? null : field)}
        />
        {mapped && <ColumnOptions draft={draft} mapped={mapped} hasFloats={samples.some((text) => text.endsWith('.0'))} onDraft={onDraft} />}
      </Flex>
    </Card>
  );
}

function Confidence({ guess }: { guess: NonNullable<ColumnCardProps['guess']> }) {
  const { t } = useTranslation('collect');
  const format = useFormat();
  return (
    <Tooltip title={guess.reasons.map((reason) => t(`guess.${reason}`)).join(' ')}>
      <Tag tabIndex={0}>{t('imports.map.confidence', { percent: format.percent(guess.confidence) })}</Tag>
    </Tooltip>
  );
}
