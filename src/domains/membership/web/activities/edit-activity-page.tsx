import { Loaded, useEndpoint, usePathParam } from '../../../../web/kit.ts';
import { readActivity } from '../../contract.ts';
import { ActivityEditor } from './activity-editor.tsx';

/** Changes an activity that nobody can have taken part in yet. */
export default function EditActivityPage() {
  const activity = useEndpoint(readActivity, { params: { activityNo: Number(usePathParam('activityNo')) } });
  return <Loaded from={activity}>{(found) => <ActivityEditor activity={found} />}</Loaded>;
}
