"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";

const PAGES = [
  ["/account", "Overview"],
  ["/account/profile", "Profile"],
  ["/account/password", "Password"],
  ["/account/sessions", "Sessions"],
  ["/account/activity", "Activity"],
  ["/account/data", "Your data"],
  ["/account/delete", "Delete account"],
] as const;

export function AccountNavigation() {
  const path = usePathname();
  return (
    <nav aria-label="Account">
      <ul>
        {PAGES.map(([href, name]) => (
          <li key={href}>
            <Link href={href} aria-current={path === href ? "page" : undefined}>
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
