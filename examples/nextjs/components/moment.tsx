"use client";

import { useEffect, useState } from "react";

interface MomentProps {
  /** RFC 3339. */
  readonly at: string;
}

/** A point in time, in the reader's own zone once it is known. */
export function Moment({ at }: MomentProps) {
  const [text, setText] = useState(() => formatted(at, "UTC"));
  useEffect(() => setText(formatted(at)), [at]);
  return <time dateTime={at}>{text}</time>;
}

function formatted(at: string, timeZone?: string): string {
  const options: Intl.DateTimeFormatOptions = { dateStyle: "medium", timeStyle: "short", timeZone };
  const text = new Intl.DateTimeFormat("en-GB", options).format(new Date(at));
  return timeZone === undefined ? text : `${text} ${timeZone}`;
}
