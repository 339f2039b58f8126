import { addDays } from '../src/kernel/day.ts';

type Drive = (name: string, action: string | null, payload?: object, params?: Record<string, string | number>, as?: string) => Promise<Record<string, unknown>>;

/** A scorecard's way: opened, changed with a second person's approval, as are the days of what is due, marked, shifted, frozen, objected to and answered. */
export async function driveKpi(drive: Drive, { id }: { id: number }, other: string, ask: (sql: string) => Promise<unknown>): Promise<void> {
  const { planNo } = await drive('POST /api/plans', 'planning.begin_plan', { name: 'Scores', startsOn: '2026-01-01' }) as { planNo: number };
  const parts = [{ kind: 'subjective', key: 'a', name: 'Together', weight: '60', criteria: '' }, { kind: 'progress', key: 'b', name: 'In time', weight: '40', of: 'both', curve: [{ days: 0, score: '100' }, { days: 9, score: '0' }] }];
  const { itemNo } = await drive('POST /api/plans/:planNo/items', null, { kind: 'scorecard', parentNo: null, afterNo: null, body: { name: 'Specialist', parts } }, { planNo }) as { itemNo: number };
  const yesterday = addDays(new Date().toISOString().slice(0, 10), -1);
  const year = yesterday.slice(0, 4);
  const { cardNos: [cardNo] } = await drive('POST /api/plans/:planNo/cards', 'planning.open_cards', { templateNo: itemNo, period: year, people: [{ staffId: id, name: 'Owner' }] }, { planNo }) as { cardNos: number[] };
  const card = { cardNo };
  // Nobody changes what their own card asks for.
  const { cardNos: [othersNo] } = await drive('POST /api/plans/:planNo/cards', 'planning.open_cards', { templateNo: itemNo, period: year, people: [{ staffId: null, name: 'Guest' }] }, { planNo }) as { cardNos: number[] };
  await drive('PUT /api/cards/:cardNo/parts', 'planning.ask_card_change', { version: 1, parts: [{ ...parts[0], name: 'Team' }, parts[1]], reason: 'Clearer' }, { cardNo: othersNo });
  await drive('POST /api/cards/:cardNo/changes/:changeNo/decision', 'planning.decide_card_change', { isApproved: true }, { cardNo: othersNo, changeNo: 1 }, other);
  const task = await drive('POST /api/plans/:planNo/items', null, { kind: 'task', parentNo: null, afterNo: null, body: { name: 'Catalogue', owner: { name: 'Guest' }, to: yesterday } }, { planNo }) as { itemNo: number };
  // What is put right on its first day was never promised.
  await ask(`update plan_change set at = at - interval '2 days' where plan_no = ${planNo}`);
  await drive('PATCH /api/plans/:planNo/items/:itemNo', null, { version: 1, changes: { to: addDays(yesterday, 30) } }, { planNo, ...task });
  await drive('POST /api/cards/:cardNo/due-days', 'planning.agree_due_days', { days: [{ itemNo: task.itemNo, dueOn: addDays(yesterday, 30) }], reason: 'The printer was late' }, { cardNo: othersNo }, other);
  await drive('PUT /api/cards/:cardNo/marks/:key', 'planning.mark_card', { score: '80', reason: 'Kept their word' }, { ...card, key: 'a' }, other);
  await drive('PUT /api/cards/:cardNo/shift', 'planning.shift_card', { points: '2', reason: 'Strict' }, card, other);
  await drive('POST /api/cards/:cardNo/freeze', 'planning.freeze_card', {}, card, other);
  const { appealNo } = await drive('POST /api/cards/:cardNo/appeals', 'planning.appeal_card', { text: 'More was done' }, card) as { appealNo: number };
  await drive('POST /api/cards/:cardNo/appeals/:appealNo/answer', 'planning.answer_appeal', { outcome: 'kept', answer: 'Looked at again' }, { ...card, appealNo }, other);
}
