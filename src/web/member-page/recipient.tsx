import { type FormEvent, useRef, useState } from 'react';
import type { MemberPage } from '../../domains/membership/contract.ts';
import { useMember } from './member-context.ts';
import { Ask, Said } from './parts.tsx';
import { useChange } from './use-change.ts';
import { say } from './words.ts';

const fields = { name: { autoComplete: 'name', maxLength: 60 }, phone: { autoComplete: 'tel', type: 'tel', maxLength: 25, pattern: '\\+?[\\d\\s\\-]{5,24}' }, address: { autoComplete: 'street-address', minLength: 5, maxLength: 300 } } as const;

/** Where the parcel of an exchange goes: asked for as long as nobody said, and to be changed until it is sent. */
export function Recipient({ orderNo, recipient }: { orderNo: number; recipient: string | null }) {
  const { page: { mode }, show } = useMember();
  const { isBusy, said, change } = useChange();
  const [isAsked, setAsked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const send = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void change<MemberPage>('PUT', `/exchanges/${orderNo}/recipient`, Object.fromEntries(new FormData(event.currentTarget)), (page) => {
      setAsked(false);
      show(page);
      return null;
    });
  };
  return (
    <>
      {recipient && <small className="quiet">{say('mall.recipient.to', { recipient })}</small>}
      {mode !== 'view' && <button type="button" className={recipient ? 'link' : ''} onClick={() => setAsked(true)}>{say(recipient ? 'mall.recipient.change' : 'mall.recipient.give')}</button>}
      {isAsked && (
        <Ask title={say('mall.recipient.title')} text={say('mall.recipient.hint')} yes={say('mall.recipient.save')} no={say('mall.no')} isBusy={isBusy} onYes={() => form.current?.requestSubmit()} onNo={() => setAsked(false)}>
          <form ref={form} className="fields" onSubmit={send}>
            {(['name', 'phone', 'address'] as const).map((name) => <label key={name}>{say(`mall.recipient.${name}`)}<input name={name} required {...fields[name]} /></label>)}
          </form>
          <Said said={said} />
        </Ask>
      )}
    </>
  );
}
