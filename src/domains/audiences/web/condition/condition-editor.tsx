import type { PlainCondition } from '../../contract.ts';
import { AudienceEditor } from './audience-editor.tsx';
import { ConsentEditor } from './consent-editor.tsx';
import { FieldEditor } from './field-editor.tsx';
import { IdentifierEditor } from './identifier-editor.tsx';
import { ListEditor } from './list-editor.tsx';
import { MeasureEditor } from './measure-editor.tsx';
import { MomentEditor } from './moment-editor.tsx';
import { RecurringEditor } from './recurring-editor.tsx';
import { SampleEditor } from './sample-editor.tsx';
import { SequenceEditor } from './sequence-editor.tsx';
import { TagConditionEditor } from './tag-condition-editor.tsx';

/** The sentence of a condition, with a control for every word that can be another. */
export function ConditionEditor({ condition, onChange }: { condition: PlainCondition; onChange: (condition: PlainCondition) => void }) {
  switch (condition.kind) {
    case 'field': return <FieldEditor condition={condition} onChange={onChange} />;
    case 'tag': return <TagConditionEditor condition={condition} onChange={onChange} />;
    case 'consent': return <ConsentEditor condition={condition} onChange={onChange} />;
    case 'identifier': return <IdentifierEditor condition={condition} onChange={onChange} />;
    case 'measure': return <MeasureEditor condition={condition} onChange={onChange} />;
    case 'moment': return <MomentEditor condition={condition} onChange={onChange} />;
    case 'sequence': return <SequenceEditor condition={condition} onChange={onChange} />;
    case 'recurring': return <RecurringEditor condition={condition} onChange={onChange} />;
    case 'audience': return <AudienceEditor condition={condition} onChange={onChange} />;
    case 'sample': return <SampleEditor condition={condition} onChange={onChange} />;
    case 'list': return <ListEditor condition={condition} onChange={onChange} />;
  }
}
