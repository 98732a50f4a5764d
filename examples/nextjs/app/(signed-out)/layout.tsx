import type { ReactNode } from "react";
import { SiteHeader } from "@/components/site-header";

export default function SignedOutLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <SiteHeader />
      <main id="content" className="centred">
        {children}
      </main>
    </>
  );
}
