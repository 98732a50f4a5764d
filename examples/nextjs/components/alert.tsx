import type { ReactNode } from "react";

interface AlertProps {
  readonly kind: "problem" | "done" | "note";
  readonly children: ReactNode;
}

/** A message that a screen reader reads out when it appears. Focus can be moved to it. */
export function Alert({ kind, children }: AlertProps) {
  return (
    <div className={`alert ${kind}`} role={kind === "problem" ? "alert" : "status"} data-message tabIndex={-1}>
      {children}
    </div>
  );
}
