import { Button, useFormat } from '../../../../web/kit.ts';

/** A number of people that opens to them. */
export function PeopleButton({ people, onOpen }: { people: number; onOpen: () => void }) {
  const format = useFormat();
  return <Button type="link" size="small" onClick={onOpen}>{format.number(people)}</Button>;
}
