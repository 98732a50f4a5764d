import Link from "next/link";
import type { ReactNode } from "react";

export default function SignedOutLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <header className="site-header">
        <Link className="brand" href="/">
          Acme
        </Link>
      </header>
      <main id="content" className="centred">
        {children}
      </main>
    </>
  );
}
