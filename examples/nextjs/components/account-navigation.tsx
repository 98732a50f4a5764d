"use client";

import Link, { useLinkStatus } from "next/link";
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
              <Loading />
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/**
 * Says in the link that its page is on the way. A `loading.tsx` would do so in the page, but then nothing is seen of it
 * without JavaScript: what is streamed later is put in its place by a script.
 */
function Loading() {
  const { pending } = useLinkStatus();
  return pending ? <span className="spinner" role="status" aria-label="Loading" /> : null;
}
