import { type ReactNode, useEffect, useId, useRef, useState } from 'react';

/** The way to each part that is there: the page is long on a phone. Nothing is put into the address, where a link's token would stand. */
export function Ways({ label }: { label: string }) {
  const [titles, setTitles] = useState<HTMLElement[]>([]);
  useEffect(() => setTitles([...document.querySelectorAll<HTMLElement>('.part > header > h2')]), []);
  if (titles.length < 3) return null;
  const go = (title: HTMLElement): void => {
    title.closest('section')?.scrollIntoView();
    title.focus({ preventScroll: true });
  };
  return <nav className="ways" aria-label={label}>{titles.map((title) => <button key={title.id} type="button" onClick={() => go(title)}>{title.textContent}</button>)}</nav>;
}

/** A part of the page under its heading. */
export function Part({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section className="part" aria-labelledby={id}>
      <header><h2 id={id} tabIndex={-1}>{title}</h2>{aside}</header>
      {children}
    </section>
  );
}

/** How a change went: read out when it comes. */
export function Said({ said }: { said: { isError: boolean; text: string } | null }) {
  return <p className={said?.isError ? 'said error' : 'said'} role={said?.isError ? 'alert' : 'status'}>{said?.text}</p>;
}

/** A bar with its figures beside it. */
export function Bar({ counted, needed, label }: { counted: number; needed: number; label: string }) {
  const share = needed === 0 ? 1 : Math.min(1, counted / needed);
  return (
    <div className="bar" role="progressbar" aria-valuemin={0} aria-valuemax={needed} aria-valuenow={Math.min(counted, needed)} aria-label={label}>
      <span style={{ inlineSize: `${share * 100}%` }} />
    </div>
  );
}

/** Asks before something is done. Escape and the back gesture mean no. */
export function Ask({ title, text, yes, no, isBusy, isDanger = false, onYes, onNo, children }: { title: string; text?: string; yes: string; no: string; isBusy: boolean; isDanger?: boolean; onYes: () => void; onNo: () => void; children?: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} aria-labelledby={id} onCancel={(event) => { event.preventDefault(); onNo(); }}>
      <h2 id={id}>{title}</h2>
      {text && <p>{text}</p>}
      {children}
      <div className="buttons">
        <button type="button" onClick={onNo}>{no}</button>
        <button type="button" className={isDanger ? 'danger' : 'primary'} disabled={isBusy} onClick={onYes}>{yes}</button>
      </div>
    </dialog>
  );
}
