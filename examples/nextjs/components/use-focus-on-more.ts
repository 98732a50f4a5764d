"use client";

import { useEffect, useRef, type RefObject } from "react";

interface More {
  /** For the list whose rows they are. */
  readonly list: RefObject<HTMLUListElement | null>;
  /** To be called when more are asked for. */
  readonly expectMore: () => void;
}

/** Moves focus to the first of the rows that were asked for: the button that was pressed may be gone. */
export function useFocusOnMore(count: number): More {
  const list = useRef<HTMLUListElement>(null);
  const before = useRef<number>(undefined);
  useEffect(() => {
    if (before.current === undefined || count <= before.current) return;
    const row = list.current?.children[before.current];
    before.current = undefined;
    if (row instanceof HTMLElement) row.focus();
  }, [count]);
  return { list, expectMore: () => (before.current = count) };
}
