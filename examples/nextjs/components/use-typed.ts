"use client";

import { useLayoutEffect, useRef, useState, type Dispatch, type RefObject, type SetStateAction } from "react";

interface Typed<TElement> {
  readonly value: string;
  readonly setValue: Dispatch<SetStateAction<string>>;
  /** For the `input`. */
  readonly input: RefObject<TElement | null>;
}

/**
 * What a field holds. It begins with what was typed before scripts took the page over, as on a slow line, or what the browser
 * filled in; `adopt` hears of that.
 */
export function useTyped<TElement extends HTMLInputElement | HTMLSelectElement = HTMLInputElement>(
  initial: string,
  adopt?: (value: string) => void,
): Typed<TElement> {
  const [value, setValue] = useState(initial);
  const input = useRef<TElement>(null);
  useLayoutEffect(() => {
    const typed = input.current?.value ?? initial;
    if (typed === initial) return;
    setValue(typed);
    adopt?.(typed);
    // Once: afterwards this is who knows.
  }, []);
  return { value, setValue, input };
}
