import { z } from 'zod';
import { Loaded, useEndpoint, useSearchState } from '../../../../web/kit.ts';
import { readActivity } from '../../contract.ts';
import { ActivityEditor } from './activity-editor.tsx';

const begun = z.object({ from: z.coerce.number().int().positive().optional() });

/** An activity that is not there yet, perhaps begun as another one is. */
export default function NewActivityPage() {
  const [{ from }] = useSearchState(begun);
  return from === undefined ? <ActivityEditor activity={null} /> : <Copy activityNo={from} />;
}

function Copy({ activityNo }: { activityNo: number }) {
  const activity = useEndpoint(readActivity, { params: { activityNo } });
  return <Loaded from={activity}>{(found) => <ActivityEditor activity={null} from={found} />}</Loaded>;
}
