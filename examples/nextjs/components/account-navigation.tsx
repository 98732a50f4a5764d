"use client";

import Link, { useLinkStatus } from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";

const PAGES = [
  ["/account", "Overview"],
  ["/account/profile", "Profile"],
  ["/account/password", "Password"],
  ["/account/security", "Security"],
  ["/account/sessions", "Sessions"],
  ["/account/activity", "Activity"],
  ["/account/data", "Your data"],
  ["/account/delete", "Delete account"],
] as const;

export function AccountNavigation() {
  const path = usePathname();
  const list = useRef<HTMLUListElement>(null);
  // On a narrow screen the links are one row, of which a part is seen.
  useEffect(() => {
    const current = list.current?.querySelector<HTMLElement>("[aria-current=page]");
    if (list.current && current) list.current.scrollLeft = current.offsetLeft - (list.current.clientWidth - current.offsetWidth) / 2;
  }, [path]);
  return (
    <nav aria-label="Account">
      <ul ref={list}>
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
