import { useRouter } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, MouseEvent, Ref } from 'react';

/** A link to a page of ours; `to` is an address and may have a search part. */
export interface LinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  to: string;
  ref?: Ref<HTMLAnchorElement>;
}

const isPlainClick = (event: MouseEvent): boolean =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

/** Opens a page without loading the program again; a modified click opens a tab as usual. */
export function Link({ to, onClick, target, ...rest }: LinkProps) {
  const { history } = useRouter();
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || target === '_blank' || !isPlainClick(event)) return;
    event.preventDefault();
    history.push(to);
  };
  return <a {...rest} href={to} target={target} onClick={follow} />;
}
