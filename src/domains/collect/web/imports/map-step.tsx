import { useTranslation } from 'react-i18next';
import { Alert, Button, Columns, Flex, Section, Sentence, Stack, Tag } from '../../../../web/kit.ts';
import { fieldsOf, type ImportKind } from '../../mapping/fields.ts';
import { mappingSchema } from '../../mapping/mapping.ts';
import { ColumnCard } from './column-card.tsx';
import { type Draft, withMeaning } from './draft.ts';
import { dragType } from './drag-type.ts';
import type { FileInspection } from './file-inspection.ts';
import { MappingShelf } from './mapping-shelf.tsx';
import { RuleForm } from './rule-form.tsx';

interface MapStepProps {
  found: FileInspection;
  draft: Draft;
  onDraft: (draft: Draft) => void;
  onKind: (kind: ImportKind) => void;
  onNext: () => void;
}

/** Second step: what the columns mean, by drag or by choice, with a guess already made. */
export function MapStep({ found, draft, onDraft, onKind, onNext }: MapStepProps) {
  const { t } = useTranslation('collect');
  const fields = fieldsOf[draft.kind];
  const { columns } = found.inspection;
  const faults = mappingSchema.safeParse(draft).error?.issues ?? [];
  const taken = new Set(draft.columns.map((one) => one.field));
  return (
    <Stack>
      <Sentence>{t('imports.map.lead')}</Sentence>
      <MappingShelf found={found} draft={draft} onDraft={onDraft} />
      <Section title={t('imports.map.settings')}>
        <RuleForm draft={draft} onDraft={onDraft} onKind={onKind} />
      </Section>
      <Section title={t('imports.map.fields')}>
        <Flex wrap gap="small">
          {Object.keys(fields).map((field) => (
            <Tag
              key={field}
              color={taken.has(field) ? 'default' : 'processing'}
              draggable
              onDragStart={(event) => event.dataTransfer.setData(dragType, field)}
            >
              {t(`imports.field.${field}`)}
            </Tag>
          ))}
        </Flex>
      </Section>
      <Columns>
        {columns.map((column, index) => (
          <ColumnCard
            key={column}
            column={column}
            samples={[...new Set(found.rows.map((row) => row[index] ?? '').filter((text) => text !== ''))].slice(0, 3)}
            guess={found.guess.columns[index]}
            draft={draft}
            onDraft={onDraft}
            onMeaning={(field) => onDraft(withMeaning(draft, column, field, fields[field ?? '']?.repeatable === true))}
          />
        ))}
      </Columns>
      {faults.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('imports.map.missing')}
          description={[...new Set(faults.map((fault) => t(`mapping_fault.${fault.message}`)))].join(' ')}
        />
      )}
      <Flex justify="end">
        <Button type="primary" disabled={faults.length > 0} onClick={onNext}>{t('imports.map.next')}</Button>
      </Flex>
    </Stack>
  );
}
