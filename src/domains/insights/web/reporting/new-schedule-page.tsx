import { ScheduleEditor } from './schedule-editor.tsx';

/** A report that is not sent yet. */
export default function NewSchedulePage() {
  return <ScheduleEditor schedule={null} />;
}
