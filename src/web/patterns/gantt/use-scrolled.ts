import { type RefObject, useEffect, useRef, useState } from 'react';

/** What of a scrolled frame is in sight, told at most once a picture. */
export interface Scrolled {
  top: number;
  left: number;
  width: number;
  height: number;
}

export function useScrolled(): [RefObject<HTMLDivElement | null>, Scrolled] {
  const frame = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState<Scrolled>({ top: 0, left: 0, width: 1_200, height: 640 });
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    let asked = 0;
    const read = (): void => {
      asked = 0;
      setSeen({ top: element.scrollTop, left: element.scrollLeft, width: element.clientWidth, height: element.clientHeight });
    };
    const ask = (): void => void (asked ||= requestAnimationFrame(read));
    const size = new ResizeObserver(ask);
    size.observe(element);
    element.addEventListener('scroll', ask, { passive: true });
    return () => {
      cancelAnimationFrame(asked);
      size.disconnect();
      element.removeEventListener('scroll', ask);
    };
  }, []);
  return [frame, seen];
}
