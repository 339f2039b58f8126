import { Loaded, useEndpoint, usePathParam } from '../../../../web/kit.ts';
import { readSchedule } from '../../contract.ts';
import { ScheduleEditor } from './schedule-editor.tsx';

/** Changes a report that is sent already. */
export default function EditSchedulePage() {
  const schedule = useEndpoint(readSchedule, { params: { scheduleId: Number(usePathParam('scheduleId')) } });
  return <Loaded from={schedule}>{(found) => <ScheduleEditor schedule={found} />}</Loaded>;
}
