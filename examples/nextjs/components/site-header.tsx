import Link from "next/link";
import type { ReactNode } from "react";

/** The header of every page, with the way to the start. */
export function SiteHeader({ children }: { children?: ReactNode }) {
  return (
    <header className="site-header">
      <Link className="brand" href="/">
        Acme
      </Link>
      {children}
    </header>
  );
}
