import { type DragEvent, useEffect, useRef, useState } from 'react';

interface Target {
  groupId: string;
  index: number;
}

/** What makes the parts of branches draggable by their handles. */
export interface BranchDrag {
  handleProps(id: string): object;
  rowProps(groupId: string, index: number): object;
  endProps(groupId: string, count: number): object;
  isDragged(id: string): boolean;
  /** True where what is dragged would be put before the part at this index. */
  isOver(groupId: string, index: number): boolean;
}

/** Drags parts within and between branches; `onMove` puts a part before the one at `index`. */
export function useBranchDrag(onMove: (id: string, groupId: string, index: number) => void): BranchDrag {
  const [dragged, setDragged] = useState<string | null>(null);
  const [target, setTarget] = useState<Target | null>(null);
  const end = (): void => {
    setDragged(null);
    setTarget(null);
  };
  const over = (event: DragEvent, next: Target): void => {
    if (dragged === null) return;
    event.preventDefault();
    event.stopPropagation();
    event.dataTransfer.dropEffect = 'move';
    if (target?.groupId !== next.groupId || target.index !== next.index) setTarget(next);
  };
  const drop = (event: DragEvent): void => {
    if (dragged === null || target === null) return;
    event.preventDefault();
    event.stopPropagation();
    onMove(dragged, target.groupId, target.index);
    end();
  };
  return {
    handleProps: (id) => ({
      draggable: true,
      onDragStart: (event: DragEvent<HTMLElement>) => {
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('text/plain', '');
        const row = event.currentTarget.closest('[data-part]');
        if (row) event.dataTransfer.setDragImage(row, 12, 12);
        setDragged(id);
      },
      onDragEnd: end,
    }),
    rowProps: (groupId, index) => ({
      onDragOver: (event: DragEvent<HTMLElement>) => {
        const { top, height } = event.currentTarget.getBoundingClientRect();
        over(event, { groupId, index: event.clientY < top + height / 2 ? index : index + 1 });
      },
      onDrop: drop,
    }),
    endProps: (groupId, count) => ({ onDragOver: (event: DragEvent) => over(event, { groupId, index: count }), onDrop: drop }),
    isDragged: (id) => dragged === id,
    isOver: (groupId, index) => dragged !== null && target?.groupId === groupId && target.index === index,
  };
}

/** Gives the keyboard back to a part's handle after the part was moved: in another branch it is another element. */
export function useHandleFocus(): (id: string) => void {
  const wanted = useRef<string | null>(null);
  useEffect(() => {
    if (wanted.current === null) return;
    const handle = document.querySelector<HTMLElement>(`[data-handle="${wanted.current}"]`);
    // The move is on its way still, or stayed in its branch; whoever went elsewhere meanwhile is not called back.
    if (handle && document.activeElement === handle) return;
    if (document.activeElement === document.body) handle?.focus();
    wanted.current = null;
  });
  return (id) => {
    wanted.current = id;
  };
}
