import type { ReactNode } from "react";
import { AccountNavigation } from "@/components/account-navigation";
import { Offline } from "@/components/offline";
import { SignOut } from "@/components/sign-out";
import { SiteHeader } from "@/components/site-header";
import { AccountClients } from "@/gatehouse/account";
import { gatehouse } from "@/gatehouse/server";

export default async function AccountLayout({ children }: { children: ReactNode }) {
  const viewer = await gatehouse.requireViewer();
  return (
    <AccountClients viewer={viewer}>
      <SiteHeader>
        <div className="who">
          <span>{viewer.name ?? viewer.email}</span>
          <SignOut />
        </div>
      </SiteHeader>
      <div className="account">
        <AccountNavigation />
        <main id="content" className="stack">
          <Offline />
          {children}
        </main>
      </div>
    </AccountClients>
  );
}
